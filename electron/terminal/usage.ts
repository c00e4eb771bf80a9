/** What `slipway help` prints. */
export const usage = `Slipway prepares and deposits lab imaging data.

  slipway create FILE --destination ID     make a submission file
  slipway add FILE FOLDER…                 add folders, scan them, pair images with masks
  slipway scan FILE                        look through the folders again; say what is new, changed, gone, renamed
  slipway skip FILE                        show and change which names are left out
  slipway template ID                      print the blank description of a destination
  slipway describe FILE METADATA.json      fill the description; all or nothing
  slipway pairs FILE                       show pairs, masks to decide about, and files without a partner
  slipway columns FILE                     show the columns of files and their list; add, rename, remove your own
  slipway set FILE COLUMN VALUE            give all files one value, or those that --text and --kind pick
  slipway export-table FILE --out T.tsv    write a table of the files and their columns: .tsv, .csv or .xlsx
  slipway import-table FILE TABLE          take values over from a table: .xlsx, or text with tabs, commas, semicolons
  slipway check FILE                       find what the archive would refuse
  slipway file-list FILE --out DIR         write the file lists (TSV)
  slipway items FILE                       list files that may be one item: numbered alike, or naming each other
  slipway group FILE PATTERN…              make items of them; --all for every one
  slipway ungroup FILE ENTRY               make the files of an item single files again
  slipway send-as FILE files|zip [ENTRY…]  send items file by file, or as one ZIP each; all without ENTRY
  slipway pack FILE ENTRY --out X.zip      write an item as one ZIP and test it
  slipway upload FILE                      send the files, then the file lists
  slipway submit FILE                      hand the submission over and wait for the accession
  slipway status FILE                      say where it stands
  slipway tree FILE                        folders by size, with their files
  slipway receipt FILE --out DIR           write the receipt (JSON and HTML)
  slipway practice                         run the practice archive
  slipway rehearse FOLDER…                 the whole job against a practice archive of its own
  slipway samples DIR                      write sample images and masks
  slipway serve                            open the window in a browser on this computer

Options
  --json                 one JSON object as the result (everywhere)
  --archive WHICH        practice (default for create) or production
  --endpoint URL         address of the archive's API, when it is another one
  --method M             auto (default), submission-tool, ftp or chunked
  --plain-ftp            allow FTP without encryption where the archive offers none
  --existing E           ask (default), replace or keep: files the archive holds that Slipway did not send
  --list L               with pairs: all of paired, open, masks or images, a line each
  --suggest              with pairs: rules that would pair what is left
  --accept A             with pairs: 1 for the first suggestion, 90% for likely partners, or a rule's name for
                         the likeliest image of every mask that it leaves open
  --add, --remove TITLE  with columns; may be repeated
  --rename OLD=NEW       with columns; may be repeated
  --text T, --kind K     with set and export-table: only files with T in their path, or of a kind
  --column C             with export-table: this column; may be repeated
  --sheet S              with import-table: the sheet of a workbook (default: the first)
  --key C                with import-table: the column that says which file a row is about, by header or number
  --dry-run              with import-table: only say what it would do
  --only-empty           with import-table: leave cells alone that hold something
  --clear-empty          with import-table: an empty cell of the table empties the file's
  --report T.tsv         with import-table: write every row that means no file, and every cell refused
  --fix                  with check: apply every safe fix
  --links L              with scan: skip links, follow those inside the folder, or all
  --settle SECONDS       with scan: hold back files that were written to in the last so many seconds
  --add, --remove PATTERN  with skip: leave names out by a pattern such as *.tmp or raw/old; may be repeated
  --on, --off RULE       with skip: let a rule count, or not; --defaults brings the usual rules back
  --paths                with scan and skip: name every path
  --out DIR              folder to write into
  --depth N              with tree: how many levels of folders (default 2)
  --port N               port of practice or serve; 0 for any free one
  --root DIR             with serve: a folder the window may show; may be repeated (default: your home folder)
  --fault KIND[@N]       with practice and rehearse: cut, stall, bad-gateway, error-log, lose-file, lie-size,
                         submit-bad-gateway, at the N-th request; may be repeated
  --file FILE            with rehearse: the submission file to use (the same one goes on where it stopped)

Account: SLIPWAY_USER and SLIPWAY_PASSWORD in the environment, else asked for; for FTP also SLIPWAY_FTP_PASSWORD.
Ends with 0 when done, 1 on findings or failures, 2 on wrong use.`;
