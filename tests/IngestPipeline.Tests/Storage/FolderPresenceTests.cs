using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Storage;

public sealed class FolderPresenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _alone;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_is_alone_and_the_second_is_not()
    {
        using var first = await EnterAsync();
        Assert.Equal(1, _alone);

        using var second = await EnterAsync();
        Assert.Equal(1, _alone);
    }

    [Fact]
    public async Task Whoever_comes_when_all_others_have_gone_is_alone_again()
    {
        (await EnterAsync()).Dispose();

        using var next = await EnterAsync();

        Assert.Equal(2, _alone);
    }

    [Fact]
    public async Task Nobody_becomes_present_while_another_acts_alone()
    {
        var acting = new TaskCompletionSource();
        var first = FolderPresence.EnterAsync(_folder["store"], () => acting.Task, default);
        var second = EnterAsync();

        Assert.False(second.IsCompleted);
        acting.SetResult();

        using var one = await first;
        using var other = await second;
        Assert.Equal(0, _alone);
    }

    private Task<FolderPresence> EnterAsync() => FolderPresence.EnterAsync(_folder["store"], () => Task.FromResult(++_alone), default);
}
