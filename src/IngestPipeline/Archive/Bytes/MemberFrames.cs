using System.Buffers.Binary;

namespace IngestPipeline.Archive.Bytes;

/// <summary>
/// Finds where gzip members end without inflating them: a member whose length is known ends where the next one, or nothing, follows its four bytes of
/// length (RFC 1952 section 2.3.1).
/// </summary>
/// <remarks>
/// What a site sent may stand in a member as it is, and may be made to look like an end. But then the true end, which names the same length, lies further on, and
/// within what a member of that length can take: it is met, and all that was found is in doubt.
/// </remarks>
internal sealed class MemberFrames
{
    /// <summary>The most bytes of content of a member that is passed over.</summary>
    public const int LongestMember = 8 << 20;

    private const int SizeField = 4;
    private const int LookAhead = 32 * 1024;

    private readonly Dictionary<uint, long> _untilBySize = [];
    private long _until;

    /// <summary>True when something passed over may have been something else: what was found does not count.</summary>
    public bool IsDoubtful { get; private set; }

    /// <summary>True when a member was passed over.</summary>
    public bool HasPassed => _untilBySize.Count > 0;

    /// <summary>Says that members are not what passing over them takes for granted.</summary>
    public void Doubt() => IsDoubtful = true;

    /// <summary>A member ends at an offset, or may end there, and says how much it holds.</summary>
    public void Meet(long offset, uint size) => IsDoubtful |= _untilBySize.TryGetValue(size, out var until) && offset <= until;

    /// <summary>Moves from the first byte of a member's data to behind its end; without one, all is in doubt.</summary>
    public void Pass(InputWindow file, uint size)
    {
        // More than any compressor makes of bytes that it cannot compress.
        var until = file.Offset + size + (size / 64) + 1024;
        // Not by |=, which would read the property before the walk sets it.
        if (!Walk(file, until, size))
            IsDoubtful = true;
        _untilBySize[size] = until;
        _until = Math.Max(_until, until);
    }

    /// <summary>Looks at what follows the last member that was read, as far as one of those passed over can reach.</summary>
    public void LookOn(InputWindow file) => Walk(file, _until, null);

    private bool Walk(InputWindow file, long until, uint? size)
    {
        while (!IsDoubtful && file.Offset <= until)
        {
            var isLast = !file.Ensure(LookAhead);
            var ahead = file.Available;
            var at = ahead.Length < SizeField ? -1 : ahead[SizeField..].IndexOf(GzipMember.Magic);
            if (at < 0 && !isLast)
            {
                file.Advance(ahead.Length - SizeField - GzipMember.Magic.Length + 1);
                continue;
            }

            // The file's end is a member's as well.
            if (at < 0)
                at = ahead.Length - SizeField;
            if (at < 0 || file.Offset + at + SizeField > until)
                return false;
            var named = BinaryPrimitives.ReadUInt32LittleEndian(ahead[at..]);
            Meet(file.Offset + at + SizeField, named);
            if (named == size)
            {
                file.Advance(at + SizeField);
                return true;
            }

            if (isLast && at + SizeField == ahead.Length)
                return false;
            file.Advance(at + 1);
        }

        return false;
    }
}
