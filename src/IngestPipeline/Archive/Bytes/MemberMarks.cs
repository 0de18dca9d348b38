namespace IngestPipeline.Archive.Bytes;

/// <summary>The members that the buffered bytes are of, in order: that of the next byte first.</summary>
internal sealed class MemberMarks
{
    private readonly List<MemberMark> _marks = [];

    /// <summary>The member of the next byte; none before anything was read.</summary>
    public MemberMark Current => _marks.Count == 0 ? default : _marks[0];

    /// <summary>True when all that is buffered is of one member, and that is known.</summary>
    public bool IsOne => _marks.Count == 1;

    /// <summary>Where the member behind the current one begins; null when it is not read yet.</summary>
    public long? Next => _marks.Count > 1 ? _marks[1].Position : null;

    /// <summary>Bytes of a member were read.</summary>
    public void Add(MemberMark mark)
    {
        if (_marks.Count == 0 || _marks[^1] != mark)
            _marks.Add(mark);
    }

    /// <summary>A mark read ahead becomes current when the bytes before it are gone.</summary>
    public void MoveTo(long position)
    {
        while (_marks.Count > 1 && _marks[1].Position <= position)
            _marks.RemoveAt(0);
    }

    public bool StartAt(long position)
    {
        foreach (var mark in _marks)
        {
            if (mark.Position == position)
                return true;
        }

        return false;
    }

    /// <summary>How many of the next bytes come before a place where bytes are missing.</summary>
    public int UpToFault(long position, int count)
    {
        foreach (var mark in _marks)
        {
            if (mark.AfterFault && mark.Position > position && mark.Position < position + count)
                return (int)(mark.Position - position);
        }

        return count;
    }
}
