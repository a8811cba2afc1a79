using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Vectors = Atmosphere.Bot.Tests.Contracts.Faces;

namespace Atmosphere.Bot.Tests.Flows.Tagging;

/// <summary>Colleagues are asked when the photos of an occasion are in, and about those who look alike one after the other.</summary>
public sealed class AskedInTurn
{
    private static readonly Embedding _somebody = Vectors.Of("somebody");

    [Fact]
    public async Task Photos_that_come_together_are_one_question()
    {
        await using var host = await TaggingHost.StartAsync(null, ("Atmosphere:Tagging:AskAfter", "00:02:00"));
        var question = await host.AskAboutAsync(_somebody);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.AskAsync(await host.SeeAsync(Vectors.Near(_somebody, 0.2f)));
        await host.Recognition.RunAsync(new QuestionChanged(question));
        Assert.Empty(host.Asked.Asked);

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Recognition.RunAsync(new QuestionChanged(question));
        Assert.Equal(2, Assert.Single(host.Asked.Asked).Photos);
    }

    [Theory]
    [InlineData(0.38f, 1)]
    [InlineData(0.6f, 2)]
    public async Task Who_looks_like_somebody_that_is_asked_about_waits_for_that_answer(float distance, int asked)
    {
        await using var host = await TaggingHost.StartAsync();
        var first = await host.AskAboutAsync(_somebody);
        var second = await host.AskAboutAsync(Vectors.Near(_somebody, distance));
        Assert.Equal(asked, host.Asked.Asked.Count);

        await host.VoteAsync(first, "slack:U1", TagAnswer.Nobody);
        await host.VoteAsync(first, "slack:U2", TagAnswer.Nobody);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Recognition.RunAsync(new QuestionChanged(second));
        Assert.Equal([first, second], host.Asked.Asked.Select(view => view.Id));
    }

    /// <summary>Looked at one by one, five waiting questions kept their queue busy all the time.</summary>
    [Fact]
    public async Task Questions_that_wait_are_looked_at_together()
    {
        await using var host = await TaggingHost.StartAsync();
        await host.AskAboutAsync(_somebody);
        var last = _somebody;
        for (var number = 0; number < 3; number++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(7));
            await host.AskAboutAsync(last = Vectors.Near(last, 0.38f));
        }

        var looks = await host.Recognition.Database.ReadAsync(session => session.QueryAsync<long>("SELECT DISTINCT update_at FROM questions WHERE update_at IS NOT NULL"));
        Assert.Equal(0, Assert.Single(looks) % (long)TimeSpan.FromMinutes(1).TotalMilliseconds);
        Assert.Equal(3, await host.Recognition.ScalarAsync<int>("SELECT COUNT(*) FROM questions WHERE update_at IS NOT NULL"));
    }

    [Fact]
    public async Task Nobody_waits_for_ever_for_an_answer_that_does_not_come()
    {
        await using var host = await TaggingHost.StartAsync();
        await host.AskAboutAsync(_somebody);
        var second = await host.AskAboutAsync(Vectors.Near(_somebody, 0.38f));
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.Recognition.RunAsync(new QuestionChanged(second));
        Assert.Equal(2, host.Asked.Asked.Count);
    }
}
