namespace IngestPipeline.Extraction.Metadata;

/// <summary>
/// Finds dates in text, in the forms of many languages: <c>2026-03-14</c>, <c>14.03.2026</c>, <c>March 14th, 2026</c>, <c>14 de marzo de 2026</c>,
/// <c>2026年3月14日</c>, <c>令和8年3月14日</c>, <c>2026. március 14.</c>, Thai and Persian years. Dates without a year are not read: the year would be a guess.
/// </summary>
internal sealed class DateScanner
{
    [ThreadStatic]
    private static List<DateToken>? _spare;

    private readonly List<DateToken> _tokens;
    private readonly string? _language;
    private readonly bool _monthFirst;
    private bool _isDoubtful;

    private DateScanner(List<DateToken> tokens, string? locale)
    {
        _tokens = tokens;
        _language = locale is { Length: >= 2 } ? locale[..2].ToLowerInvariant() : null;
        _monthFirst =
            locale is not null && (locale.Equals("en", StringComparison.OrdinalIgnoreCase) || locale.EndsWith("us", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The dates of a text, in order.</summary>
    /// <param name="text">The text; long ones are read in part.</param>
    /// <param name="locale">The page's language with its region where known (<c>en-US</c>), for dates such as 03/04/2026.</param>
    public static IReadOnlyList<DateHit> Find(ReadOnlySpan<char> text, string? locale = null) =>
        DateToken.MayHoldDate(text) ? Read(text, locale) : [];

    // Tokens are many, and needed for no longer than this takes.
    private static List<DateHit> Read(ReadOnlySpan<char> text, string? locale)
    {
        var tokens = _spare ?? new(DateToken.MaxTokens);
        _spare = null;
        DateToken.Split(text, tokens);
        var hits = new DateScanner(tokens, locale).Scan();
        tokens.Clear();
        _spare = tokens;
        return hits;
    }

    private List<DateHit> Scan()
    {
        var hits = new List<DateHit>();
        for (var i = 0; i < _tokens.Count; i++)
        {
            _isDoubtful = false;
            if (!TryNumbers(i, out var day, out var first, out var last) && !TryMonthName(i, out day, out first, out last))
                continue;

            var clock = ClockReader.Read(_tokens, first, last, hits.Count > 0 ? hits[^1].End : 0, day);
            var swapped =
                _isDoubtful && day.Day != day.Month ? new ArticleDate(new(day.Year, day.Day, day.Month), clock?.Time, clock?.Offset) : (ArticleDate?)null;
            hits.Add(new(new(day, clock?.Time, clock?.Offset), swapped, _tokens[first].Start, _tokens[Math.Max(last, clock?.Last ?? 0)].End));
            i = Math.Max(last, clock?.Last ?? 0);
        }

        return hits;
    }

    // 2026-03-14, 14.3.2026, 3/14/26, 2026年3月14日, 20260314.
    private bool TryNumbers(int i, out DateOnly day, out int first, out int last)
    {
        (day, first, last) = (default, i, i);
        if (_tokens[i] is not { IsNumber: true, Digits: <= 4 or 8 } a || (i > 0 && IsJoined(i)))
            return false;

        if (a.Digits == 8)
            return CalendarDay.TryRead(a.Number / 10_000, a.Number / 100 % 100, a.Number % 100, out day);

        var second = Next(i, out var separator);
        var third = second < 0 ? -1 : Next(second, out var other) is var found && IsPair(separator, other) ? found : -1;
        if (third < 0 || _tokens[second].Digits > 2)
            return false;

        // 3.14.2026.1 goes on: a version, not a date; 14.3.2026-11:00 does not.
        if (third + 2 < _tokens.Count && Next(third, out var more) >= 0 && more == separator && _tokens[third + 2] is { SpaceBefore: false, Digits: < 4 })
            return false;

        var (b, c) = (_tokens[second], _tokens[third]);
        last = third + 1 < _tokens.Count && _tokens[third + 1].Word is "日" or "일" ? third + 1 : third;
        if (a.Digits == 4)
            return c.Digits <= 2 && CalendarDay.TryRead(a.Number, b.Number, c.Number, out day);
        if (separator == '年')
            return i > 0
                && !a.SpaceBefore
                && CalendarDay.EraOf(_tokens[i - 1].Word) is var era and > 0
                && c.Digits <= 2
                && CalendarDay.TryRead(era + a.Number, b.Number, c.Number, out day);

        // 26.03.14, where dates begin with the year.
        if (a.Digits == 2
            && b.Digits == 2
            && c.Digits == 2
            && _language is "ja" or "ko" or "zh"
            && CalendarDay.TryRead(2000 + a.Number, b.Number, c.Number, out day))
            return true;

        var year = c.Digits == 4 ? c.Number : c.Digits == 2 && separator is not ':' ? 2000 + c.Number : 0;
        if (c.Digits == 2 && separator is not ('.' or '/') && !(separator is '-' && a.Digits == 2))
            return false;

        _isDoubtful = a.Number <= 12 && b.Number <= 12;
        var monthFirst = b.Number > 12 || (_monthFirst && separator == '/' && a.Number <= 12);
        return monthFirst ? CalendarDay.TryRead(year, a.Number, b.Number, out day) : CalendarDay.TryRead(year, b.Number, a.Number, out day);
    }

    // A number that follows a dot, slash or colon without a blank is the rest of something longer.
    private bool IsJoined(int i) =>
        !_tokens[i].SpaceBefore && _tokens[i - 1] is { IsNumber: false } before && (before.Is('.') || before.Is('/') || before.Is(':') || before.Is('#'))
        && i > 1 && _tokens[i - 2].IsNumber && !before.SpaceBefore && !before.Is(':');

    private static bool IsPair(char one, char two) => one == two || (one, two) is ('年', '月') or ('년', '월');

    // The next number behind one separator; -1 when there is none.
    private int Next(int i, out char separator)
    {
        separator = '\0';
        if (i + 2 >= _tokens.Count || _tokens[i + 1] is not { IsNumber: false, Word: [var mark] } || !_tokens[i + 2].IsNumber)
            return -1;

        separator = mark;
        return mark is '-' or '.' or '/' or '·' or '・' or '年' or '月' or '년' or '월' ? i + 2 : -1;
    }

    private bool TryMonthName(int i, out DateOnly day, out int first, out int last)
    {
        (day, first, last) = (default, i, i);
        if (!_tokens[i].IsWord || MonthAt(i, out var end) is not (> 0 and var month))
            return TryVietnamese(i, out day, out first, out last);

        var left = Back(i);
        var right = Ahead(end);
        var right2 = right >= 0 ? Ahead(right) : -1;

        // 14 March 2026
        if (left >= 0 && IsDay(left) && right >= 0 && YearAt(right) is var year and > 0)
            return Found(CalendarDay.TryRead(year, month, _tokens[left].Number, out day), left, right, ref first, ref last);

        // March 14, 2026
        if (right >= 0 && IsDay(right) && right2 >= 0 && YearAt(right2) is var late and > 0)
            return Found(CalendarDay.TryRead(late, month, _tokens[right].Number, out day), i, right2, ref first, ref last);

        // 2026. március 14.
        if (left >= 0 && right >= 0 && _tokens[left].Digits == 4 && IsDay(right))
            return Found(CalendarDay.TryRead(_tokens[left].Number, month, _tokens[right].Number, out day), left, right, ref first, ref last);

        // 2026. gada 14. martā
        if (left >= 0 && IsDay(left) && Back(left) is var before and >= 0 && _tokens[before].Digits == 4)
            return Found(CalendarDay.TryRead(_tokens[before].Number, month, _tokens[left].Number, out day), before, i, ref first, ref last);

        // Mar 14 10:20:30 CET 2026
        if (right >= 0 && IsDay(right) && ClockReader.YearBehindClock(_tokens, right) is var behind and >= 0)
            return Found(CalendarDay.TryRead(_tokens[behind].Number, month, _tokens[right].Number, out day), i, right, ref first, ref last);

        return false;
    }

    // ngày 14 tháng 3 năm 2026
    private bool TryVietnamese(int i, out DateOnly day, out int first, out int last)
    {
        (day, first, last) = (default, i, i);
        if (_tokens[i].Word != "thang"
            || Back(i) is not (>= 0 and var left)
            || Ahead(i) is not (>= 0 and var middle)
            || Ahead(middle) is not (>= 0 and var right))
            return false;
        return _tokens[right].Digits == 4
            && Found(CalendarDay.TryRead(_tokens[right].Number, _tokens[middle].Number, _tokens[left].Number, out day), left, right, ref first, ref last);
    }

    private static bool Found(bool valid, int from, int to, ref int first, ref int last)
    {
        (first, last) = (from, to);
        return valid;
    }

    private int MonthAt(int i, out int end)
    {
        end = i;
        if (i + 1 < _tokens.Count && _tokens[i + 1].IsWord && DateTables.Month(_tokens[i].Word, _tokens[i + 1].Word, _language) is var pair and > 0)
        {
            end = i + 1;
            return pair;
        }

        // "28 آب/أغسطس 2026": the month under both of its names.
        var month = DateTables.Month(_tokens[i].Word, _language);
        if (month > 0
            && i + 2 < _tokens.Count
            && (_tokens[i + 1].Is('/') || _tokens[i + 1].Is('('))
            && _tokens[i + 2].IsWord
            && DateTables.Month(_tokens[i + 2].Word, _language) == month)
            end = i + 2;
        return month;
    }

    private bool IsDay(int i) => _tokens[i] is { Digits: <= 2, Number: >= 1 and <= 31 };

    private int YearAt(int i)
    {
        var token = _tokens[i];
        if (token.Digits == 4)
            return token.Number;

        if (token.Digits == 2 && i > 1 && (IsThai(i - 1) || (_tokens[i - 1].Is('.') && IsThai(i - 2))))
            return 2500 + token.Number;

        // '26 and, in dates such as 14-Mar-26, two digits behind the same mark.
        var isShort = token.Digits == 2
            && i > 0
            && !token.SpaceBefore
            && (_tokens[i - 1].Is('\'') || _tokens[i - 1].Is('’') || _tokens[i - 1].Is('-') || _tokens[i - 1].Is('/'));
        return isShort ? 2000 + token.Number : 0;
    }

    private bool IsThai(int i) => _tokens[i].Word is [>= '\u0e00' and <= '\u0e7f', ..];

    private int Ahead(int i) => Seek(i, 1);

    private int Back(int i) => Seek(i, -1);

    // The nearest number, past marks and words that dates have between their parts.
    private int Seek(int i, int step)
    {
        for (var (at, seen) = (i + step, 0); at >= 0 && at < _tokens.Count && seen < 5; at += step, seen++)
        {
            var token = _tokens[at];
            if (token.IsNumber)
                return at;

            var passes =
                token.IsWord ? DateTables.IsFiller(token.Word) : token.Word is "." or "," or "-" or "/" or "'" or "’" or "،" or "日" or "º" or "°" or ")" or "(";
            if (!passes)
                return -1;
        }

        return -1;
    }
}
