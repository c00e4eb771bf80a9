import { z } from 'zod';

/** Fields of a plate that are looked into; a plate of 1,536 wells with a few fields each has fewer. */
const MOST_FIELDS = 10_000;
const AT_ONCE = 16;

const plateSchema = z.object({ wells: z.array(z.object({ path: z.string().min(1) })) });
const wellSchema = z.object({ images: z.array(z.object({ path: z.string().min(1) })) });

/**
 * The images of a plate, such as `A/1/0`, as the metadata of plate and wells name them (OME-Zarr 0.4 and 0.5, `plate`
 * and `well`). Paths that lead out of the plate are left out.
 * @param attributesOf reads the attributes of a group below the plate
 */
export async function fieldsOfPlate(
  plate: unknown,
  attributesOf: (group: string) => Promise<{ readonly well?: unknown }>,
): Promise<string[]> {
  const described = plateSchema.safeParse(plate);
  if (!described.success) return [];
  const wells = described.data.wells.map(({ path }) => path).filter(staysInside);
  const fields: string[] = [];
  for (let from = 0; from < wells.length && fields.length < MOST_FIELDS; from += AT_ONCE) {
    const some = wells.slice(from, from + AT_ONCE);
    const found = await Promise.all(
      some.map(async (well) => {
        const images = wellSchema.safeParse((await attributesOf(well)).well);
        return images.success ? images.data.images.map(({ path }) => `${well}/${path}`) : [];
      }),
    );
    fields.push(...found.flat().filter(staysInside));
  }
  return fields.slice(0, MOST_FIELDS);
}

function staysInside(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..');
}
