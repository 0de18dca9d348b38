namespace IngestPipeline.Boilerplate;

/// <summary>What a rule does with a block.</summary>
internal enum RuleAction
{
    /// <summary>Removes it.</summary>
    Remove,

    /// <summary>Keeps it beside the text as a caption or credit.</summary>
    Caption,

    /// <summary>Keeps it beside the text as an embedded post.</summary>
    Embed,

    /// <summary>Keeps it beside the text as a syndication note.</summary>
    Syndication,

    /// <summary>Keeps it in the text as a correction.</summary>
    Correction,
}
