using Deque.AxeCore.Playwright;
using IngestPipeline.Tests.Shared;
using Microsoft.Playwright;

namespace IngestPipeline.Browser.Tests;

/// <summary>The report in a real browser, opened as files.</summary>
public sealed class ReportPagesTests(ReportFixture report) : IClassFixture<ReportFixture>
{
    [BrowserFact]
    public async Task Every_page_loads_without_console_errors_script_errors_dialogs_or_outside_requests()
    {
        await using var visit = await Visit.StartAsync(report);
        foreach (var page in report.Pages)
            await visit.Page.GotoAsync(report.Address(page));

        Assert.Empty(visit.Faults);
        Assert.True(report.Pages.Count > 200, "too few pages to mean anything");
    }

    [BrowserFact]
    public async Task Axe_finds_no_violation_in_light_and_dark_on_wide_and_narrow_screens()
    {
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 1280), (ColorScheme.Light, 360), (ColorScheme.Dark, 360) })
        {
            await using var visit = await Visit.StartAsync(report, scheme, width);
            foreach (var page in report.Kinds)
            {
                await visit.Page.GotoAsync(report.Address(page));
                await OpenAllAsync(visit.Page);
                var found = await visit.Page.RunAxe();
                Assert.True(
                    found.Violations.Length == 0,
                    $"{page}, {scheme}, {width} px:\n"
                        + string.Join(
                            '\n',
                            found.Violations.Select(v => $"{v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Take(4).Select(n => n.Html + " " + string.Join("; ", n.Any.Select(c => c.Message))))}")));
            }
        }
    }

    [BrowserFact]
    public async Task No_page_scrolls_sideways_on_a_phone()
    {
        foreach (var width in new[] { 320, 390, 768 })
        {
            await using var visit = await Visit.StartAsync(report, width: width, height: 800);
            foreach (var page in report.Kinds)
            {
                await visit.Page.GotoAsync(report.Address(page));
                await OpenAllAsync(visit.Page);
                var content = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
                Assert.True(content <= width, $"{page} is {content} px wide on a screen of {width} px");
            }
        }
    }

    [BrowserFact]
    public async Task No_date_in_a_table_is_broken_between_letters_on_a_phone()
    {
        await using var visit = await Visit.StartAsync(report, width: 390, height: 800);
        foreach (var page in report.Kinds)
        {
            await visit.Page.GotoAsync(report.Address(page));
            var narrowest = await visit.Page.EvaluateAsync<double>(
                "() => Math.min(1000, ...[...document.querySelectorAll('td time')].map(t => t.getBoundingClientRect().width).filter(w => w > 0))");
            Assert.True(narrowest > 30, $"{page} has a date of {narrowest} px");
        }
    }

    [BrowserFact]
    public async Task Hostile_titles_and_addresses_stay_text()
    {
        await using var visit = await Visit.StartAsync(report);
        await visit.Page.GotoAsync(report.Address(report.Hostile()));

        Assert.StartsWith(SampleStore.HostileTitle[..60], await visit.Page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await visit.Page.Locator("main script, main img, main iframe, main b, [onclick], [onerror]").CountAsync());
        Assert.Contains("javascript:alert(document.domain)", await visit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Faults);
        foreach (var page in report.Kinds)
        {
            await visit.Page.GotoAsync(report.Address(page));
            var links = await visit.Page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('[href], [src]')].map(e => (e.getAttribute('href') || e.getAttribute('src')).trim())");
            Assert.DoesNotContain(
                links, l => l.Contains(':') && !l.StartsWith("https://", StringComparison.Ordinal) && !l.StartsWith("http://", StringComparison.Ordinal));
        }
    }

    [BrowserFact]
    public async Task The_policy_stops_what_encoding_might_one_day_let_through()
    {
        await using var visit = await Visit.StartAsync(report);
        await visit.Page.GotoAsync(report.Address("index.html"));

        await visit.Page.EvaluateAsync(
            "() => { const i = document.createElement('img'); i.src = 'https://elsewhere.example/x.png'; document.body.append(i); const s = document.createElement('div'); s.innerHTML = '<b onclick=\"window.ran = 1\">x</b>'; document.body.append(s); s.firstChild.click(); }");

        // The browser tells of it when it comes to it.
        while (!visit.Faults.ToArray().Any(f => f.Contains("Content Security Policy", StringComparison.Ordinal)))
            await Task.Delay(20);
        Assert.DoesNotContain(visit.Answers, a => a.Contains("elsewhere", StringComparison.Ordinal));
        Assert.False(await visit.Page.EvaluateAsync<bool>("() => window.ran === 1"));
    }

    [BrowserFact]
    public async Task A_reader_finds_an_article_by_keyboard_alone()
    {
        await using var visit = await Visit.StartAsync(report);
        var page = visit.Page;
        await page.GotoAsync(report.Address("index.html"));

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await page.Locator(":focus").InnerTextAsync());
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        await page.GotoAsync(report.Address("stories.html"));
        await page.GetByRole(AriaRole.Searchbox).FocusAsync();
        await page.Keyboard.TypeAsync("harbour post");
        var rows = page.Locator("tbody tr:visible");
        Assert.InRange(await rows.CountAsync(), 1, await page.Locator("tbody tr").CountAsync() - 1);
        await rows.First.GetByRole(AriaRole.Link).First.PressAsync("Enter");
        await page.WaitForURLAsync("**/story/**");
        await page.GetByRole(AriaRole.Link, new() { Name = "side by side" }).First.PressAsync("Enter");
        await page.WaitForURLAsync("**/compare/**");
        Assert.True(await page.Locator("mark").CountAsync() > 1);
    }

    [BrowserFact]
    public async Task Sorting_and_unfolding_do_what_they_say()
    {
        await using var visit = await Visit.StartAsync(report);
        var page = visit.Page;
        await page.GotoAsync(report.Address("stripped.html"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Blocks" }).ClickAsync();
        var blocks = (await page.Locator("table tbody tr td:nth-child(3)").AllInnerTextsAsync()).Select(t => int.Parse(t.Replace(",", ""))).ToList();
        Assert.Equal(blocks.OrderDescending(), blocks);
        await page.GotoAsync(
            report.Address(
                report.Pages.First(p => p.StartsWith("article/", StringComparison.Ordinal) && File.ReadAllText(Path.Combine(report.Site, p)).Contains("removed-run", StringComparison.Ordinal))));
        var runs = page.Locator("details.removed-run");
        Assert.True(await runs.CountAsync() > 0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Unfold all" }).ClickAsync();
        Assert.Equal(await runs.CountAsync(), await page.Locator("details.removed-run[open]").CountAsync());
    }

    [BrowserFact]
    public async Task Everything_can_be_read_without_script()
    {
        await using var visit = await Visit.StartAsync(report, script: false);
        foreach (var page in report.Kinds)
        {
            await visit.Page.GotoAsync(report.Address(page));
            Assert.True((await visit.Page.Locator("main").InnerTextAsync()).Length > 60, page);
            Assert.Equal(0, await visit.Page.Locator("button:visible").CountAsync());
        }
    }

    private static Task OpenAllAsync(IPage page) => page.EvaluateAsync("() => document.querySelectorAll('details').forEach(d => d.open = true)");
}
