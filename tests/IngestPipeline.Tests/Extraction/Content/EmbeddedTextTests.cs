namespace IngestPipeline.Tests.Extraction.Content;

public sealed class EmbeddedTextTests
{
    [Fact]
    public void A_pictures_addresses_in_a_script_are_no_paragraphs()
    {
        const string Report = "A lorry and two cars met on the coast road near the harbour on Monday evening, and one driver was taken to hospital.";
        var addresses =
            string.Join(", ", Enumerable.Range(1, 12).Select(n => $"https://pictures.example/news/{n}/cpsprodpb/60C4/production/crash.jpg {n * 240}w"));
        var data = $$"""window.data={"article":[{"srcset":"{{addresses}}"},{"text":"{{Report}}"},{"srcset":"{{addresses.Replace("/news/", "/large/", StringComparison.Ordinal)}}"}]}""";

        var article = NewsPage.Extract(
            $"<html><head><title>Crash</title></head><body><article><h1>Crash</h1><p>{Report}</p></article><script>{data}</script></body></html>");

        Assert.Equal(Report, article.Text);
    }

    [Fact]
    public void A_short_line_before_the_first_paragraph_stays_when_the_rest_comes_from_data()
    {
        var paragraphs = Enumerable.Range(1, 8).Select(n => $"{NewsPage.Opening} It was the {n}. storm of the winter, the council said.").ToArray();
        var data = $$"""window.data={"article":[{{string.Join(",", paragraphs.Select(p => $$"""{"text":"{{p}}"}"""))}}]}""";

        var article = NewsPage.Extract(
            $"<html><head><title>Storm</title></head><body><article><h1>Storm</h1><p>Sixteen ships are in the harbour.</p><p>{paragraphs[0]}</p></article><script>{data}</script></body></html>");

        Assert.Equal(["Sixteen ships are in the harbour.", .. paragraphs], article.Text.Split("\n\n"));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(700)]
    public void A_text_in_the_stream_of_server_components_is_joined_wherever_it_was_cut(int size)
    {
        var paragraphs = Enumerable.Range(1, 8).Select(n => $"{NewsPage.Opening} It was “the {n}. storm” of the winter, the council said.").ToArray();
        var text = string.Concat(paragraphs.Select(NewsPage.P));
        var stream = $"1:\"$Sreact.fragment\"\n2:[\"$\",\"div\",null,{{\"dangerouslySetInnerHTML\":{{\"__html\":\"$20\"}}}}]\n20:T{System.Text.Encoding.UTF8.GetByteCount(text):x},{text}21:[\"$\",\"p\",null,{{\"children\":\"All rights reserved.\"}}]\n";
        var pushes =
            stream.Chunk(size).Select(part => $"<script>self.__next_f.push([1,{System.Text.Json.JsonSerializer.Serialize(new string(part))}])</script>");

        var article =
            NewsPage.Extract($"<html><head><title>Storm</title></head><body><main><h1>Storm</h1><p>Loading…</p></main>{string.Concat(pushes)}</body></html>");

        Assert.Equal(paragraphs, article.Text.Split("\n\n"));
    }
}
