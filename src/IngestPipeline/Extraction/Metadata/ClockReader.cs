namespace IngestPipeline.Extraction.Metadata;

/// <summary>A time of day beside a date.</summary>
/// <param name="Last">The last token that belongs to it.</param>
internal readonly record struct Clock(TimeOnly Time, TimeSpan? Offset, int Last);

/// <summary>Reads times of day with their zones: <c>T09:30:00+01:00</c>, <c>9:30 a.m. EST</c>, <c>9.30 Uhr</c>, <c>14h30</c>, <c>9时30分</c>.</summary>
internal static class ClockReader
{
    private const int Reach = 7;

    /// <summary>The time behind a date, or else before it; null when it has none.</summary>
    /// <param name="tokens">The text's tokens.</param>
    /// <param name="first">The date's first token.</param>
    /// <param name="last">The date's last token.</param>
    /// <param name="floor">Where in the text the previous date ended; what stands before is that one's.</param>
    /// <param name="day">The date, which tells whether clocks are set forward.</param>
    public static Clock? Read(List<DateToken> tokens, int first, int last, int floor, DateOnly day)
    {
        for (var i = last + 1; i < tokens.Count && i <= last + Reach && !IsDateLike(tokens, i); i++)
        {
            if (ReadAt(tokens, i, day) is { } clock)
                return clock;
        }

        for (var i = first - 3; i >= 0 && i >= first - 2 - Reach && tokens[i].Start >= floor; i--)
        {
            if (ReadAt(tokens, i, day) is { } clock && clock.Last < first)
            {
                // 22:00, 11 July 2021 BST
                var behind = last + 1;
                return clock with { Last = 0, Offset = clock.Offset ?? Offset(tokens, ref behind, day) };
            }
        }

        return null;
    }

    /// <summary>The year behind a time of day, as in <c>Mar 14 10:20:30 CET 2026</c>; −1 when there is none.</summary>
    public static int YearBehindClock(List<DateToken> tokens, int day)
    {
        if (day + 1 >= tokens.Count || ReadAt(tokens, day + 1, null) is not { } clock)
            return -1;
        return clock.Last + 1 < tokens.Count && tokens[clock.Last + 1] is { Digits: 4 } ? clock.Last + 1 : -1;
    }

    private static bool IsDateLike(List<DateToken> tokens, int i) => tokens[i] is { Digits: 4 or > 6 };

    private static Clock? ReadAt(List<DateToken> tokens, int i, DateOnly? day)
    {
        if (i + 2 >= tokens.Count
            || tokens[i] is not { Digits: 1 or 2, Number: <= 24 } hour
            || !IsSeparator(tokens, i + 1)
            || tokens[i + 2] is not { Digits: 1 or 2, Number: < 60 } minute
            || (minute.Digits == 1 && tokens[i + 1].Word is ":" or "." or "h"))
            return ReadBareHour(tokens, i, day);

        var at = i + 3;
        var second = 0;
        if (at + 1 < tokens.Count && (tokens[at].Is(':') || tokens[at].Word is "分") && tokens[at + 1] is { Digits: 2, Number: < 60 } seconds)
        {
            second = seconds.Number;
            at += 2;
            if (at + 1 < tokens.Count
                && (tokens[at].Is('.') || tokens[at].Is(',') || (tokens[at].Is(':') && tokens[at + 1].Digits == 3))
                && tokens[at + 1] is { IsNumber: true, SpaceBefore: false })
                at += 2;
        }

        // 9.30.2026 is no time.
        if (tokens[i + 1].Is('.')
            && at < tokens.Count
            && tokens[at].Is('.')
            && at + 1 < tokens.Count
            && tokens[at + 1] is { IsNumber: true, SpaceBefore: false })
            return null;

        var half = Half(tokens, ref at) ?? (i > 0 ? DateTables.Half(tokens[i - 1].Word) : null);
        var hours = hour.Number % 24;
        if (half is { } afternoon && hours <= 12)
            hours = (hours % 12) + (afternoon ? 12 : 0);
        var offset = Offset(tokens, ref at, day);
        return new(new TimeOnly(hours, minute.Number, second), offset, at - 1);
    }

    // 9 a.m. and 9am; an hour alone is no time without its half of the day.
    private static Clock? ReadBareHour(List<DateToken> tokens, int i, DateOnly? day)
    {
        if (tokens[i] is not { Digits: 1 or 2, Number: >= 1 and <= 12 } hour)
            return null;

        var at = i + 1;
        return Half(tokens, ref at) is { } afternoon
            ? new(new TimeOnly((hour.Number % 12) + (afternoon ? 12 : 0), 0), Offset(tokens, ref at, day), at - 1)
            : null;
    }

    private static bool IsSeparator(List<DateToken> tokens, int i) =>
        tokens[i] is { SpaceBefore: false } token && (token.Is(':') || token.Is('.') || token.Word is "h" or "时" or "時" or "点" or "點" or "시");

    // True for the afternoon: "pm", "p.m.", "μ.μ.", "مساء".
    private static bool? Half(List<DateToken> tokens, ref int at)
    {
        if (at >= tokens.Count)
            return null;

        if (at + 2 < tokens.Count
            && tokens[at + 1].Is('.')
            && tokens[at + 2] is { IsWord: true, SpaceBefore: var isApart }
            && (!isApart || tokens[at + 2].Word.Length == 1)
            && DateTables.Half(tokens[at].Word + "." + tokens[at + 2].Word) is { } dotted)
        {
            at += at + 3 < tokens.Count && tokens[at + 3].Is('.') ? 4 : 3;
            return dotted;
        }

        var half = DateTables.Half(tokens[at].Word);
        if (half is not null)
            at++;
        return half;
    }

    private static TimeSpan? Offset(List<DateToken> tokens, ref int at, DateOnly? day)
    {
        var start = at;
        while (at < tokens.Count && (tokens[at].Word is "uhr" or "(" or "," or "hrs" or "分" or "h"))
            at++;

        TimeSpan? zone = null;
        if (at < tokens.Count && tokens[at].IsWord && DateTables.Zone(tokens[at].Word, day) is { } named)
        {
            zone = named;
            at++;
        }

        // +01:00, +0100, GMT+1; a minus sign that follows a blank is a dash.
        if (at + 1 < tokens.Count && (tokens[at].Is('+') || (tokens[at].Is('-') && (zone is not null || !tokens[at].SpaceBefore || tokens[at + 1].Digits == 4)))
            && tokens[at + 1] is { IsNumber: true, SpaceBefore: false, Digits: >= 1 and <= 4 } number)
        {
            var sign = tokens[at].Is('-') ? -1 : 1;
            var (hours, minutes) = number.Digits >= 3 ? (number.Number / 100, number.Number % 100) : (number.Number, 0);
            at += 2;
            if (number.Digits <= 2 && at + 1 < tokens.Count && tokens[at].Is(':') && tokens[at + 1] is { Digits: 2 })
            {
                minutes = tokens[at + 1].Number;
                at += 2;
            }

            if (hours <= 14 && minutes < 60)
                return sign * new TimeSpan(hours, minutes, 0);
        }

        if (zone is null)
            at = start;
        return zone;
    }
}
