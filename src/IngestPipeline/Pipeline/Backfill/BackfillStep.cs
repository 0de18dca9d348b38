namespace IngestPipeline.Pipeline.Backfill;

/// <summary>The steps of a back-fill, in order. Those with several parts are worked on by any number of workers.</summary>
internal enum BackfillStep
{
    /// <summary>Reads some of the archive's files and indexes what they hold.</summary>
    Scan,

    /// <summary>Joins the indexes and reads the feeds in order: which articles are asked for.</summary>
    Poll,

    /// <summary>Extracts some of the articles.</summary>
    Extract,

    /// <summary>Settles revisions and copies in order, writes records, makes the run current.</summary>
    Decide,
}
