namespace IngestPipeline.Feeds.Dates;

/// <summary>Steps through a date's text.</summary>
internal ref struct DateScan(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Where it stands.</summary>
    public int Position { get; private set; }

    /// <summary>Whether nothing is left.</summary>
    public readonly bool AtEnd => Position >= _text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public readonly char Next => AtEnd ? '\0' : _text[Position];

    /// <summary>The rest of the text.</summary>
    public readonly ReadOnlySpan<char> Rest => _text[Position..];

    /// <summary>Steps over a character when it is the next one.</summary>
    public bool Take(char c)
    {
        if (Next != c || AtEnd)
            return false;
        Position++;
        return true;
    }

    /// <summary>Steps over this many characters.</summary>
    public void Skip(int count) => Position += count;

    /// <summary>Steps over white space.</summary>
    public void SkipSpace()
    {
        while (!AtEnd && char.IsWhiteSpace(Next))
            Position++;
    }

    /// <summary>Reads a run of ASCII digits, at most nine of them counted.</summary>
    /// <param name="length">How many digits there were.</param>
    public int Number(out int length)
    {
        var value = 0;
        length = 0;
        while (char.IsAsciiDigit(Next))
        {
            if (length < 9)
                value = value * 10 + (Next - '0');
            length++;
            Position++;
        }
        return value;
    }

    /// <summary>Reads a fraction of a second after its point, in ticks.</summary>
    public long Fraction()
    {
        long ticks = 0;
        var scale = TimeSpan.TicksPerSecond;
        while (char.IsAsciiDigit(Next))
        {
            scale /= 10;
            ticks += (Next - '0') * scale;
            Position++;
        }
        return ticks;
    }

    /// <summary>Reads an offset: Z, +0100, +01:00, +01, -5 or +1:30, in minutes east of UTC; null when there is none here.</summary>
    public int? Offset()
    {
        if (Take('Z') || Take('z'))
            return 0;
        var sign = Next is '-' or '\u2212' or '\u2013' ? -1 : 1;
        if (Next is not ('+' or '-' or '\u2212' or '\u2013'))
            return null;
        Position++;
        SkipSpace();
        var hours = Number(out var length);
        var minutes = 0;
        if (length is 3 or 4)
            (hours, minutes) = (hours / 100, hours % 100);
        else if (length is 5 or 6)
            (hours, minutes) = (hours / 10000, hours / 100 % 100);
        else if (length is 0 or > 6)
            return null;
        else if (Take(':') || Take('.'))
            minutes = Number(out _);
        return hours > 24 || minutes > 99 ? null : sign * (hours * 60 + minutes);
    }
}
