namespace IngestPipeline.Archive.Bytes;

/// <summary>Collects faults, the first ones one by one and the rest as a count, so that a hostile file cannot fill the memory.</summary>
internal sealed class FaultList(int most)
{
    private readonly List<ArchiveFault> _faults = [];
    private long _more;

    /// <summary>The faults in the order they were met, with a closing line where some were left out.</summary>
    public IReadOnlyList<ArchiveFault> Faults =>
        _more == 0 ? _faults : [.. _faults, Rest(_faults, _more)];

    /// <summary>Faults met, listed or not.</summary>
    public long Count => _faults.Count + _more;

    /// <summary>The line that stands for those that are not listed.</summary>
    public static ArchiveFault Rest(IReadOnlyList<ArchiveFault> listed, long more) => new(listed.Count == 0 ? "" : listed[^1].File, 0, $"and {more} more faults");

    public void Add(string file, long offset, string what)
    {
        if (_faults.Count < most)
            _faults.Add(new(file, offset, what));
        else
            _more++;
    }
}
