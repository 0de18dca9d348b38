namespace IngestPipeline.Extraction;

/// <summary>
/// Follows the tags of an SVG drawing. Pure is one in which each end tag ends what was opened last and stands in the drawing, so that the parser sees its end
/// where it stands: a stray one may end an element of the page that holds the drawing, and what is of HTML in it may hide the drawing's end.
/// </summary>
internal struct OpenDrawing
{
    private const int Bits = 5;
    private const int MostOpen = 128 / Bits;

    // The names of what is open in the drawing, the last one lowest.
    private UInt128 _names;
    private int _open;
    private int _drawings;
    private int _mark;
    private bool _isPure;

    /// <summary>True within a drawing.</summary>
    public readonly bool IsOpen => _drawings > 0;

    /// <summary>Takes a drawing's start.</summary>
    /// <param name="mark">Where what it holds starts, when it is not in another drawing.</param>
    public void Start(int mark)
    {
        if (_drawings++ == 0)
            (_mark, _isPure, _names, _open) = (mark, true, 0, 0);
        else
            Push(HtmlTags.Svg);
    }

    /// <summary>Takes another start tag in a drawing.</summary>
    /// <param name="html">The page.</param>
    /// <param name="name">The tag's name.</param>
    /// <param name="at">The place behind the tag.</param>
    /// <param name="isClosed">True when it ends itself.</param>
    public void Open(ReadOnlySpan<char> html, ReadOnlySpan<char> name, int at, bool isClosed)
    {
        if (!_isPure || name is "svg")
            return;
        var graphic = HtmlTags.Graphic(name);
        _isPure = graphic != 0 && (isClosed || name is not "desc" || HoldsText(html, at));
        if (!isClosed)
            Push(graphic);
    }

    /// <summary>Takes an end tag in a drawing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isSvg">True when it is a drawing's.</param>
    /// <param name="mark">Takes where what the drawing holds starts.</param>
    /// <returns>True when it ends the outermost drawing, and that was pure.</returns>
    public bool Close(ReadOnlySpan<char> name, bool isSvg, out int mark)
    {
        mark = _mark;
        if (isSvg && --_drawings == 0)
            return _isPure;
        if (_isPure)
            Pop(isSvg ? HtmlTags.Svg : HtmlTags.Graphic(name));
        return false;
    }

    private void Push(byte name)
    {
        _isPure &= _open++ < MostOpen;
        _names = (_names << Bits) | name;
    }

    private void Pop(byte name)
    {
        _isPure = _open-- > 0 && (byte)_names % (1 << Bits) == name && name != 0;
        _names >>= Bits;
    }

    private static bool HoldsText(ReadOnlySpan<char> html, int at) => html[at..].IndexOf('<') is var next and >= 0 && html[(at + next)..].StartsWith("</desc>");
}
