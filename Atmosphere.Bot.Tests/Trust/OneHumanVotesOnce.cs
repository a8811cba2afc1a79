using System.Text.Json.Nodes;
using Atmosphere.Bot.Tests.Channels.Slack;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Bot.Tests.Flows.Tagging;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Tagging.Voting;
using Atmosphere.Recognition.Storage;
using Vectors = Atmosphere.Bot.Tests.Contracts.Faces;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>Who is a colleague on Slack and a participant on WhatsApp decides nothing alone; settings say whose votes count.</summary>
public sealed class OneHumanVotesOnce
{
    private const string Number = "+15551234567";

    [Fact]
    public async Task A_colleague_who_votes_on_Slack_and_on_WhatsApp_is_one_of_the_two_who_decide()
    {
        await using var host = await TaggingHost.StartAsync();
        var (maya, question) = (await host.PersonAsync("Maya"), await host.AskAboutAsync(Vectors.Of("somebody")));
        var dana = await ParticipantAsync(host);
        await LinkAsync(host, "slack:U1");

        await host.VoteAsync(question, "slack:U1", TagAnswer.Person, maya);
        await host.VoteAsync(question, dana, TagAnswer.Person, maya);
        Assert.Equal(QuestionState.Voting, (await host.ViewAsync(question)).State);

        await host.VoteAsync(question, "slack:U2", TagAnswer.Person, maya);
        Assert.Equal(QuestionState.Decided, (await host.ViewAsync(question)).State);
    }

    [Fact]
    public async Task What_they_said_last_counts_wherever_they_said_it()
    {
        await using var host = await TaggingHost.StartAsync();
        var (maya, ben, question) = (await host.PersonAsync("Maya"), await host.PersonAsync("Ben"), await host.AskAboutAsync(Vectors.Of("somebody")));
        var dana = await ParticipantAsync(host);
        await LinkAsync(host, "slack:U1");

        await host.VoteAsync(question, "slack:U1", TagAnswer.Person, maya);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.VoteAsync(question, dana, TagAnswer.Person, ben);
        await host.VoteAsync(question, "slack:U2", TagAnswer.Person, maya);
        Assert.Equal(QuestionState.Voting, (await host.ViewAsync(question)).State);

        await host.VoteAsync(question, "slack:U3", TagAnswer.Person, ben);
        Assert.Equal((QuestionState.Decided, "Ben"), ((await host.ViewAsync(question)).State, await host.TextAsync("SELECT p.name FROM questions q JOIN persons p ON p.id = q.person_id")));
    }

    [Fact]
    public async Task Votes_of_a_channel_that_the_settings_leave_out_do_not_decide()
    {
        await using var host = await TaggingHost.StartAsync(null, ("Atmosphere:Tagging:VotesFrom:0", "slack"));
        var (maya, question) = (await host.PersonAsync("Maya"), await host.AskAboutAsync(Vectors.Of("somebody")));
        await host.VoteAsync(question, await ParticipantAsync(host), TagAnswer.Person, maya);
        await host.VoteAsync(question, await ParticipantAsync(host, "+15559999999"), TagAnswer.Person, maya);
        await host.VoteAsync(question, "slack:U1", TagAnswer.Person, maya);
        Assert.NotEqual(QuestionState.Decided, (await host.ViewAsync(question)).State);

        await host.VoteAsync(question, "slack:U2", TagAnswer.Person, maya);
        Assert.Equal(QuestionState.Decided, (await host.ViewAsync(question)).State);
    }

    [Theory]
    [InlineData("+1 (555) 123-45.67", Number)]
    [InlineData("0555 1234567", null)]
    [InlineData("+1", null)]
    public async Task The_number_of_a_Slack_profile_is_the_link(string phone, string? number)
    {
        await using var slack = await PlayedSlack.StartAsync();
        slack.Add("U0000OMER", true, ("profile", new JsonObject { ["phone"] = phone }));
        await slack.InteractAsync(slack.Click("tag.person.1", "q1|maya", "U0000OMER"));
        await slack.RestAsync();

        Assert.Single(slack.Tags.Taken);
        Assert.Equal(number, slack.Tags.Numbers.GetValueOrDefault("slack:U0000OMER"));
    }

    private static async Task<string> ParticipantAsync(TaggingHost host, string number = Number) => await host.Recognition.Database.WriteAsync(
        async session => $"participant:{await new Participants(host.Clock).EnsureAsync(session, "whatsapp", number, "{}", RecognitionHost.Class)}");

    private static Task LinkAsync(TaggingHost host, string voter) =>
        host.Recognition.Database.WriteAsync(session => host.Recognition.Get<IFaceTags>().LinkAsync(session, voter, Number));
}
