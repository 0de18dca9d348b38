namespace IngestPipeline.Extraction.Segmentation;

/// <summary>What a class, id or role token hints at. The words of each group stand in <c>cue-tokens.table.txt</c>.</summary>
internal enum CueGroup
{
    Body, Article, Content, Text, Lead, Headline, Author, Date, Caption, Media, Gallery, Embed, Quote, Related, Teaser, Popular,
    Newsletter, Paywall, Donation, Share, Comment, Tags, Breadcrumb, Nav, Sidebar, Footer, Header, Ad, Cookie, Popup, Hidden,
    Meta, Box, List, Tool, Toc, Video, Live, Correction, Product,
}
