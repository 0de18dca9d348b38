namespace IngestPipeline.Reports.Data;

/// <summary>A removed text and how many articles of a site it stood in.</summary>
internal sealed class RepeatedBlock(string text, string rule, string articleId)
{
    private string _last = articleId;

    public string Text { get; } = text;

    public string Rule { get; } = rule;

    public int Articles { get; private set; } = 1;

    public void Meet(string articleId)
    {
        if (_last == articleId)
            return;
        _last = articleId;
        Articles++;
    }
}
