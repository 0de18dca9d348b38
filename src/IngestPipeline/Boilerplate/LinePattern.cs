using System.Text.RegularExpressions;

namespace IngestPipeline.Boilerplate;

/// <summary>
/// Tells whether a line holds what a regular expression means, in time that grows with the line alone. The library has the same
/// (<see cref="RegexOptions.NonBacktracking"/>), but keeps 1.3 MB for a pattern of ours, most of it for sets of characters, and takes milliseconds to build it;
/// it is asked where a pattern says what <see cref="PatternProgram"/> does not read, and for texts of several lines.
/// </summary>
internal sealed class LinePattern
{
    private readonly PatternMachine? _machine;
    private readonly Lazy<Regex> _library;

    /// <exception cref="RegexParseException">The pattern is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It cannot be matched without going back.</exception>
    public LinePattern(string pattern)
    {
        // The library says what is valid.
        _ = new Regex(pattern, RegexOptions.CultureInvariant);
        _library = new(() => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        if (PatternProgram.Read(pattern) is { } program)
            _machine = new(program);
        else
            _ = _library.Value;
    }

    /// <summary>True when the pattern is met anywhere in a text.</summary>
    public bool IsMatch(ReadOnlySpan<char> text) => _machine?.IsMatch(text) ?? _library.Value.IsMatch(text);
}
