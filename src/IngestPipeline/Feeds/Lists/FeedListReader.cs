using System.Text.Json;

namespace IngestPipeline.Feeds.Lists;

/// <summary>Reads a JSON feeds file token by token, because a user's mistake is told with its line.</summary>
internal ref struct FeedListReader
{
    private static readonly string[] FeedKeys =
        ["url", "title", "section", "rights", "include", "exclude", "interval", "credential", "enabled", "dailyRequests", "dailyBytes", "history"];

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly List<FeedListProblem> _problems = [];
    private readonly List<FeedSpan> _spans = [];
    private Utf8JsonReader _json;

    public FeedListReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        _json = new(_bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 });
    }

    /// <summary>Where each readable feed stands in the file, for editing it in place.</summary>
    public readonly IReadOnlyList<FeedSpan> Spans => _spans;

    /// <summary>Where the array of feeds ends (its closing bracket); −1 = there is none.</summary>
    public int ArrayEnd { get; private set; } = -1;

    public FeedListResult Read()
    {
        var feeds = new List<FeedSettings>();
        try
        {
            if (!IsJson() || !_json.Read() || _json.TokenType != JsonTokenType.StartObject)
                Problem(
                    "a list of feeds is one JSON object, { \"feeds\": [ { \"url\": \"https://…\" } ] }, an OPML file, or plain text with one address a line");
            else
                ReadRoot(feeds);
        }
        catch (JsonException e)
        {
            _problems.Add(new((int)(e.LineNumber ?? 0) + 1, "this is not valid JSON here; look for a missing comma, quote or bracket"));
        }

        return new(new(feeds), _problems);
    }

    // What begins with neither a bracket nor a comment was never meant to be JSON, and its reader's complaint would lead astray.
    private readonly bool IsJson() => _bytes.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[' or (byte)'/' or (byte)'"', ..];

    private void ReadRoot(List<FeedSettings> feeds)
    {
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var key = _json.GetString()!;
            if (key == "$schema")
            {
                _json.Skip();
                continue;
            }

            if (key != "feeds")
            {
                Problem($"unknown key \"{key}\"; the keys here are \"$schema\" and \"feeds\"");
                _json.Skip();
                continue;
            }

            _json.Read();
            if (_json.TokenType != JsonTokenType.StartArray)
            {
                Problem("\"feeds\" is a list: [ { \"url\": \"https://…\" } ]");
                _json.Skip();
                continue;
            }

            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
                ReadFeed(feeds);
            ArrayEnd = (int)_json.TokenStartIndex;
        }
    }

    private void ReadFeed(List<FeedSettings> feeds)
    {
        var start = (int)_json.TokenStartIndex;
        var line = Line();
        if (_json.TokenType == JsonTokenType.String)
        {
            Add(feeds, Address(_json.GetString()!) is { } plain ? new FeedSettings { Url = plain } : null, line, start);
            return;
        }

        if (_json.TokenType != JsonTokenType.StartObject)
        {
            Problem("a feed is an object with a \"url\", or the address alone");
            _json.Skip();
            return;
        }

        Uri? url = null;
        var named = false;
        var feed = new FeedSettings { Url = new("http://localhost/") };
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var key = _json.GetString()!;
            _json.Read();
            if (key == "url")
            {
                named = true;
                url = Text(key) is { } address ? Address(address) : null;
            }
            else
            {
                feed = Set(feed, key);
            }
        }

        if (!named)
            _problems.Add(new(line, "this feed has no \"url\"; write its address"));
        Add(feeds, url is null ? null : feed with { Url = url }, line, start);
    }

    private readonly void Add(List<FeedSettings> feeds, FeedSettings? feed, int line, int start)
    {
        if (feed is null)
            return;
        if (feeds.Any(f => f.Id == feed.Id))
        {
            _problems.Add(new(line, $"{feed.Url} is in the list already; remove one of the two"));
            return;
        }

        feeds.Add(feed);
        _spans.Add(new(feed.Id, start, (int)_json.BytesConsumed));
    }

    private FeedSettings Set(FeedSettings feed, string key)
    {
        switch (key)
        {
            case "title":
                return feed with { Title = Text(key) };
            case "section":
                return feed with { Section = Text(key) };
            case "rights":
                return feed with { Rights = Text(key) };
            case "credential":
                return feed with { Credential = SettingName() };
            case "include":
                return feed with { Include = Texts(key) };
            case "exclude":
                return feed with { Exclude = Texts(key) };
            case "interval":
                return feed with { Interval = Interval() };
            case "enabled" when _json.TokenType is JsonTokenType.True or JsonTokenType.False:
                return feed with { Enabled = _json.GetBoolean() };
            case "enabled":
                Problem("\"enabled\" is true or false");
                _json.Skip();
                return feed;
            case "dailyRequests":
                return feed with { DailyRequests = (int?)Number(key, int.MaxValue) };
            case "dailyBytes":
                return feed with { DailyBytes = Number(key, long.MaxValue) };
            case "history":
                return feed with { History = (int?)Number(key, FeedSettings.MostHistory, least: 0) ?? 0 };
            default:
                Problem($"unknown key \"{key}\"; the keys of a feed are {string.Join(", ", FeedKeys)}");
                _json.Skip();
                return feed;
        }
    }

    private readonly Uri? Address(string text)
    {
        if (FeedAddress.Check(text, out var problem) is { } url)
            return url;
        Problem(problem!);
        return null;
    }

    private string? SettingName()
    {
        if (Text("credential") is not { } name)
            return null;
        if (name.Length is > 0 and <= 127 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
            return name;
        Problem("\"credential\" is the name of a setting (letters, digits, _ - .), not the secret itself");
        return null;
    }

    private TimeSpan? Interval()
    {
        if (Text("interval") is not { } text)
            return null;
        if (ListInterval.Parse(text) is { } span && span >= TimeSpan.FromMinutes(1) && span <= TimeSpan.FromDays(1))
            return span;
        Problem($"\"interval\" is a time from 1m to 1d, such as 15m or 2h, not \"{Short(text)}\"");
        return null;
    }

    private string? Text(string key)
    {
        if (_json.TokenType == JsonTokenType.String)
            return _json.GetString();
        if (_json.TokenType != JsonTokenType.Null)
            Problem($"\"{key}\" is a text in quotes");
        _json.Skip();
        return null;
    }

    private List<string> Texts(string key)
    {
        var texts = new List<string>();
        if (_json.TokenType == JsonTokenType.String)
            return [_json.GetString()!];
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            Problem($"\"{key}\" is a list of texts, such as [\"*/sport/*\"]");
            _json.Skip();
            return texts;
        }

        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (Text(key) is { Length: > 0 } text)
                texts.Add(text);
        }

        return texts;
    }

    private long? Number(string key, long most, int least = 1)
    {
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var number) && number >= least && number <= most)
            return number;
        Problem(
            $"\"{key}\" is a whole number of {least} or more{(most < int.MaxValue ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", at most {most}") : "")}");
        _json.Skip();
        return null;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..59] + "…";

    private readonly void Problem(string message) => _problems.Add(new(Line(), message));

    private readonly int Line() => _bytes[..(int)_json.TokenStartIndex].Count((byte)'\n') + 1;
}
