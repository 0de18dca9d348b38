using IngestPipeline.Extraction.Content;
using IngestPipeline.Tests.Cli;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Extraction.Content;

public sealed class BlockModelFilesTests : IDisposable
{
    private const string Page = "<html><body><nav><a href=/>Home</a></nav><article><h1>Storm</h1><p>The harbour was closed on Monday, the islands' council said, after waves broke over the mole.</p></article></body></html>";

    private static readonly string Shipped = Path.Combine(RepositoryRoot.Path, "src", "IngestPipeline", "Extraction", "Content");

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_scoreboards_half_models_are_of_the_shipped_ones_features_and_size(int fold)
    {
        // Models of other features are refused while they are read.
        var half = BlockModelFiles.Read(SiteFolds.Folder(Path.Combine(RepositoryRoot.Path, "tests", "IngestPipeline.Scoreboard", "halves"), fold));

        Assert.Equal(ContentModel.Shipped.Stages, half.Page.Stages);
        Assert.Equal(ContentModel.ShippedText.Stages, half.Text!.Stages);
    }

    [Fact]
    public async Task Extract_with_the_shipped_files_prints_what_it_prints_without()
    {
        await File.WriteAllTextAsync(_folder["page.html"], Page);

        var own = await CliRun.RunAsync("extract", _folder["page.html"], "--quiet");
        var given = await CliRun.RunAsync("extract", _folder["page.html"], "--model", Shipped, "--quiet");
        var diff = await CliRun.RunAsync("extract", _folder["page.html"], "--model", Shipped, "--diff", "--quiet");

        Assert.Equal((0, ""), (given.ExitCode, given.Error));
        Assert.Contains("after waves broke over the mole", own.Output, StringComparison.Ordinal);
        Assert.Equal(own.Output, given.Output);
        Assert.Contains("0 of 1 pages would change.", diff.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BlockModelFiles.Trees, "", "a block model that ends early")]
    [InlineData(BlockModelFiles.Trees, "PK, says a zip", "no block model; 'train' of tests/IngestPipeline.Training writes one")]
    [InlineData(
        BlockModelFiles.Trees, "CML2 and a digest of other features", "a block model trained on other features than this version measures; train it again")]
    [InlineData(BlockModelFiles.Words, "# words\ndonate\t120\nsubscribe\tmany\n", "line 3 is no word, tab and whole number")]
    [InlineData(BlockModelFiles.Words, "donate\t70000\n", "line 1 is no word, tab and whole number")]
    public async Task A_wrong_file_ends_extract_with_one_line_that_names_it(string file, string content, string reason)
    {
        CopyShipped();
        await File.WriteAllTextAsync(_folder["model/" + file], content);

        await EndsWithAsync($"{_folder["model/" + file]}: {reason}");
    }

    [Fact]
    public async Task A_model_cut_short_or_asking_for_columns_that_are_not_ends_extract_with_one_line()
    {
        CopyShipped();
        var trees = _folder["model/" + BlockModelFiles.Trees];
        var bytes = await File.ReadAllBytesAsync(trees);
        await File.WriteAllBytesAsync(trees, bytes[..^1]);
        await EndsWithAsync($"{trees}: a block model that ends early");

        // The first question of the first tree stands behind magic, digest, bias, depth and number of trees.
        (bytes[20], bytes[21]) = (255, 255);
        await File.WriteAllBytesAsync(trees, bytes);
        await EndsWithAsync($"{trees}: a block model that asks for column 65535 of {BlockFeatures.Names.Count}");
    }

    [Fact]
    public async Task A_missing_folder_or_file_ends_extract_with_one_line()
    {
        await EndsWithAsync($"{_folder["model"]}: no such folder; check --model");
        Directory.CreateDirectory(_folder["model"]);
        await EndsWithAsync($"{_folder["model"]}: holds no content.model.bin; a model is that file and block-words.table.txt");
    }

    public void Dispose() => _folder.Dispose();

    private async Task EndsWithAsync(string line)
    {
        await File.WriteAllTextAsync(_folder["page.html"], Page);
        var run = await CliRun.RunAsync("extract", _folder["page.html"], "--model", _folder["model"], "--quiet");
        Assert.Equal(2, run.ExitCode);
        Assert.EndsWith(line, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private void CopyShipped()
    {
        Directory.CreateDirectory(_folder["model"]);
        foreach (var file in new[] { BlockModelFiles.Trees, BlockModelFiles.Words })
            File.Copy(Path.Combine(Shipped, file), _folder["model/" + file]);
    }
}
