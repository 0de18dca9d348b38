namespace IngestPipeline.Extraction.Segmentation;

/// <summary>The elements that segmentation tells apart.</summary>
internal enum TagKind : byte
{
    /// <summary>Any inline element without a meaning of its own here.</summary>
    Inline,

    /// <summary>A link.</summary>
    Anchor,

    /// <summary>Bold text.</summary>
    Strong,

    /// <summary>Italic text.</summary>
    Emphasis,

    /// <summary>A time.</summary>
    Time,

    /// <summary>A button or label.</summary>
    Button,

    /// <summary>A line break.</summary>
    Break,

    /// <summary>An image, video, player or frame.</summary>
    Media,

    /// <summary>What carries no text of the page: script, style, form fields, graphics.</summary>
    Skipped,

    // Block elements from here on.
#pragma warning disable CS1591 // The names are the elements' own.
    Div, Paragraph, H1, H2, H3, H4, H5, H6, ListItem, List, Quote, Preformatted, Table, Row, Cell, Term, Definition,
    Figure, Caption, Article, Section, Main, Aside, Nav, Header, Footer, Form, Details, Address, Body,
#pragma warning restore CS1591
}
