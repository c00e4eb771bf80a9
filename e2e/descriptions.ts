/** A day so many days ahead, `YYYY-MM-DD`, as the archive counts days. */
export function dayAhead(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Everything that the archive requires, as a template file holds it. */
export function completeDescription(title: string): unknown {
  return {
    study: {
      title,
      description: 'Instance masks of nuclei, drawn to try the whole way of a submission.',
      releaseDate: dayAhead(60),
      keywords: ['nuclei', 'segmentation'],
    },
    contacts: [
      {
        name: 'Ada Lovelace',
        email: 'ada@example.org',
        organisations: [{ name: 'Analytical Engine Facility' }],
        role: 'data analyst',
      },
    ],
    links: [{ link: 'S-BIAD634', description: 'The images that were annotated' }],
    annotations: [
      {
        title: 'Instance masks of nuclei',
        overview: 'One mask for each nucleus.',
        type: 'segmentation_mask',
        method: 'Drawn by hand by two experts.',
      },
    ],
  };
}
