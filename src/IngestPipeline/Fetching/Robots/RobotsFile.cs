using System.Globalization;
using System.Text;

namespace IngestPipeline.Fetching.Robots;

/// <summary>Reads a robots.txt file (RFC 9309 section 2.2) for one crawler. Never throws: a line that cannot be read is passed over.</summary>
internal sealed class RobotsFile
{
    /// <summary>As much of a file as is read (section 2.5).</summary>
    public const int MaxBytes = 500 * 1024;

    private const int MaxSitemaps = 1_000;
    private const int MaxPattern = 2_048;
    private static readonly char[] LineEnds = ['\r', '\n'];

    private readonly string _token;
    private readonly List<RobotsRule> _own = [];
    private readonly List<RobotsRule> _everyone = [];
    private readonly List<string> _sitemaps = [];
    private TimeSpan? _ownDelay;
    private TimeSpan? _everyoneDelay;
    private bool _hasOwn;

    // The group being read: whom it is for, and whether its rules have begun, so that the next user-agent line starts another.
    private bool _isOwn;
    private bool _isEveryone;
    private bool _inRules;

    private RobotsFile(string token) => _token = token;

    /// <param name="body">The file; what is beyond <see cref="MaxBytes"/> is not read.</param>
    /// <param name="token">The crawler's product token, compared without case.</param>
    public static RobotsRules Parse(ReadOnlySpan<byte> body, string token)
    {
        var isCut = body.Length > MaxBytes;
        var text = Encoding.UTF8.GetString(isCut ? body[..MaxBytes] : body).AsSpan().TrimStart('\uFEFF');
        // A rule cut in half would be another rule.
        if (isCut)
            text = text.LastIndexOfAny(LineEnds) is > 0 and var end ? text[..end] : default;

        var file = new RobotsFile(token);
        foreach (var line in text.SplitAny(LineEnds))
            file.Line(text[line]);
        return new(file._hasOwn ? file._own : file._everyone, file._hasOwn ? file._ownDelay : file._everyoneDelay, file._sitemaps);
    }

    private void Line(ReadOnlySpan<char> line)
    {
        var comment = line.IndexOf('#');
        if (comment >= 0)
            line = line[..comment];
        var colon = line.IndexOf(':');
        if (colon <= 0)
            return;
        var name = line[..colon].Trim();
        var value = line[(colon + 1)..].Trim();
        if (Is(name, "user-agent") || Is(name, "useragent") || Is(name, "user agent"))
            Agent(value);
        else if (Is(name, "allow"))
            Rule(true, value);
        else if (Is(name, "disallow") || Is(name, "dissallow") || Is(name, "disalow"))
            Rule(false, value);
        else if (Is(name, "crawl-delay"))
            Delay(value);
        else if (Is(name, "sitemap") && value.Length is > 0 and <= MaxPattern && _sitemaps.Count < MaxSitemaps)
            _sitemaps.Add(value.ToString());
    }

    private void Agent(ReadOnlySpan<char> value)
    {
        if (_inRules)
            (_isOwn, _isEveryone, _inRules) = (false, false, false);
        if (value is "*")
        {
            _isEveryone = true;
            return;
        }

        // Some name a version too; the token ends where its letters do.
        var length = 0;
        while (length < value.Length && (char.IsAsciiLetter(value[length]) || value[length] is '-' or '_'))
            length++;
        if (!value[..length].Equals(_token, StringComparison.OrdinalIgnoreCase))
            return;
        _isOwn = _hasOwn = true;
    }

    private void Rule(bool allow, ReadOnlySpan<char> value)
    {
        _inRules = true;
        // An empty pattern fits nothing: "Disallow:" alone allows everything.
        if (value.IsEmpty || value.Length > MaxPattern || !(_isOwn || _isEveryone))
            return;
        var rule = new RobotsRule(allow, RobotsPath.OfPattern(value[0] is '/' or '*' or '$' ? value.ToString() : "/" + value.ToString()));
        if (_isOwn)
            _own.Add(rule);
        if (_isEveryone)
            _everyone.Add(rule);
    }

    // Not in the RFC, which lets other lines stand within a group without ending it.
    private void Delay(ReadOnlySpan<char> value)
    {
        if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds is not (>= 0 and < 1_000_000))
            return;
        var delay = TimeSpan.FromSeconds(seconds);
        if (_isOwn)
            _ownDelay = delay;
        if (_isEveryone)
            _everyoneDelay = delay;
    }

    private static bool Is(ReadOnlySpan<char> name, string field) => name.Equals(field, StringComparison.OrdinalIgnoreCase);
}
