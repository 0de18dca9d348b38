namespace IngestPipeline.Feeds.Dates;

/// <summary>
/// Dates with words or unusual order: RFC 822 and 5322 with all their variants, asctime, numeric days with slashes or dots, other languages' months.
/// The parts are collected in one pass and put together afterwards.
/// </summary>
internal sealed class WrittenDate
{
    private const int KoreaStandardTime = 540;

    private readonly List<(int Value, int Length, char Before)> _numbers = [];
    private int? _month;
    private bool _monthIsFirst;
    private (int Hour, int Minute, int Second, long Ticks)? _time;
    private int? _offset;
    private bool? _afternoon;
    private bool _korean;
    private int _strangeWords;

    /// <summary>The instant; null when the parts do not make a date.</summary>
    public DateTimeOffset? Parse(ReadOnlySpan<char> text)
    {
        var scan = new DateScan(text);
        var before = ' ';
        while (!scan.AtEnd)
        {
            var c = scan.Next;
            if (char.IsAsciiDigit(c))
                ReadNumber(ref scan, before);
            else if (char.IsLetter(c))
                ReadWord(ref scan);
            else if (_time is not null && c is '+' or '-' or '\u2212' or '\u2013' && _offset is null or 0 && scan.Rest.Length > 1
                && (char.IsAsciiDigit(scan.Rest[1]) || scan.Rest[1] == ' '))
                _offset = scan.Offset() ?? _offset;
            else
                scan.Skip(1);
            before = c;
        }
        return _strangeWords > 3 ? null : Compose();
    }

    private void ReadNumber(ref DateScan scan, char before)
    {
        var value = scan.Number(out var length);
        if (scan.Next == ':' && _time is null && length <= 2)
        {
            ReadTime(ref scan, value);
            return;
        }
        // "17h30" is a time; "5th" and "2004년" are not.
        if (scan.Next is 'h' or 'H' && _time is null && scan.Rest.Length > 1 && char.IsAsciiDigit(scan.Rest[1]))
        {
            scan.Skip(1);
            _time = (value, scan.Number(out _), 0, 0);
            return;
        }
        if (_numbers.Count < 8)
            _numbers.Add((value, length, before));
        foreach (var suffix in (ReadOnlySpan<string>)["st", "nd", "rd", "th", "er"])
        {
            if (length <= 2 && scan.Rest.StartsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                scan.Skip(2);
                break;
            }
        }
    }

    private void ReadTime(ref DateScan scan, int hour)
    {
        var (second, ticks) = (0, 0L);
        scan.Take(':');
        scan.SkipSpace();
        var minute = scan.Number(out _);
        if (scan.Take(':'))
        {
            scan.SkipSpace();
            second = scan.Number(out _);
        }
        if (scan.Next is '.' or ',' && scan.Rest.Length > 1 && char.IsAsciiDigit(scan.Rest[1]))
        {
            scan.Skip(1);
            ticks = scan.Fraction();
        }
        _time = (hour, minute, second, ticks);
    }

    private void ReadWord(ref DateScan scan)
    {
        var length = 1;
        while (length < scan.Rest.Length && (char.IsLetter(scan.Rest[length]) || scan.Rest[length] == '/' && _time is not null))
            length++;
        var word = scan.Rest[..length];
        scan.Skip(length);
        if (word is "년" or "월" or "일")
            _korean = true;
        else if (word is "오후" or "午後" or "下午" || word.Equals("pm", StringComparison.OrdinalIgnoreCase))
            (_afternoon, _korean) = (true, _korean || word is "오후");
        else if (word is "오전" or "午前" or "上午" || word.Equals("am", StringComparison.OrdinalIgnoreCase))
            (_afternoon, _korean) = (false, _korean || word is "오전");
        else if (_time is not null && Zone(word) is { } zone)
        {
            // GMT+0200 and GMT-1 are offsets; the name alone is one too.
            _offset = scan.Offset() is { } more ? zone + more : zone;
        }
        else if ((_month is null || _monthIsFirst) && DateTables.Month(word) is { } month)
        {
            // "mar" is March, and Tuesday in three languages: a month named later is the month.
            (_month, _monthIsFirst) = (month, _numbers.Count == 0);
        }
        else if (_month is null && _numbers.Count > 0 && DateTables.MisspeltMonth(word) is { } misspelt)
            _month = misspelt;
        else if (word.Length > 1 && !word.Equals("T", StringComparison.OrdinalIgnoreCase))
            _strangeWords++;
    }

    private static int? Zone(ReadOnlySpan<char> word)
    {
        var zone = DateTables.Zone(word);
        if (zone is not null || !word.StartsWith("Etc/", StringComparison.OrdinalIgnoreCase))
            return zone;
        return DateTables.Zone(word[4..]);
    }

    private DateTimeOffset? Compose()
    {
        if (Day() is not var (year, month, day))
            return null;
        var (hour, minute, second, ticks) = _time ?? default;
        if (_afternoon is true && hour < 12)
            hour += 12;
        else if (_afternoon is false && hour == 12)
            hour = 0;
        return FeedDate.Compose(year, month, day, hour, minute, second, ticks, _offset ?? (_korean ? KoreaStandardTime : 0));
    }

    private (int Year, int Month, int Day)? Day()
    {
        // "mar 2026-03-05" is a Tuesday.
        var numeric = _numbers.Count >= 3 && (_numbers[0].Length == 4 || _numbers[2].Length == 4);
        if (_month is { } month && !(_monthIsFirst && numeric))
        {
            if (_numbers.Count == 0)
                return null;
            var year = _numbers.FindIndex(n => n.Length == 4);
            if (year >= 0)
            {
                var day = _numbers.FindIndex(n => n.Length <= 2);
                return (_numbers[year].Value, month, day < 0 ? 1 : _numbers[day].Value);
            }
            // 26 Jan 04: the day first; Jan 26, 04: likewise.
            return _numbers.Count >= 2 && _numbers[0].Length <= 2 && _numbers[1].Length is 2 or 3
                ? (_numbers[1].Length == 3 ? 1900 + _numbers[1].Value : IsoDate.Century(_numbers[1].Value), month, _numbers[0].Value)
                : null;
        }
        if (_numbers.Count < 3)
            return null;
        var (a, b, c) = (_numbers[0], _numbers[1], _numbers[2]);
        if (a.Length == 4)
            return (a.Value, b.Value, c.Value);
        var last = c.Length == 4 ? c.Value : c.Length == 2 ? IsoDate.Century(c.Value) : 0;
        if (last == 0)
            return null;
        // 12/31/2022 is American, 31.12.2022 and 31-12-2022 are not; a number above 12 is a day in either.
        var monthFirst = b.Before == '/' && a.Value <= 12 || b.Value > 12;
        return monthFirst ? (last, a.Value, b.Value) : (last, b.Value, a.Value);
    }
}
