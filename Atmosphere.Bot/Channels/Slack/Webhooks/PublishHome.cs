using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Draws a colleague's App Home.</summary>
internal sealed class PublishHome(Database database, SlackApi api, ChannelMembers members, IQuestions questions, Languages languages, ILogger<PublishHome> log)
    : IStep<SlackHomeWanted>
{
    public async Task<Effects> HandleAsync(SlackHomeWanted message, CancellationToken cancellation)
    {
        if (await database.WriteAsync(session => HomePages.BeginAsync(session, message.User), cancellation) is not { } page)
            return Effects.None;
        try
        {
            var member = await members.AskAsync(message.User, cancellation);
            if (member.Standing != Standing.Nobody)
                await PublishAsync(message.User, member, page, cancellation);
        }
        catch (SlackRefusesException refusal)
        {
            log.LogWarning("An App Home cannot be shown: {Reason} Enable the Home tab in the app's settings, and look at the app's scopes", refusal.Message);
        }

        return Effects.None;
    }

    private async Task PublishAsync(string user, SlackMember member, int page, CancellationToken cancellation)
    {
        var sentences = languages.Of(member.Language).Sentences;
        var voter = TagVotes.Voter(user);
        if (!member.IsMember)
        {
            await PublishAsync(user, HomeView.Refusal(sentences, member.Refusal), cancellation);
            return;
        }

        var content = await database.ReadAsync(session => HomeContent.ReadAsync(session, questions, voter, page), cancellation);
        try
        {
            await PublishAsync(user, HomeView.Of(sentences, content, voter), cancellation);
        }
        catch (SlackRefusesException refusal) when (refusal.IsAboutAPicture)
        {
            // A picture was deleted, and Slack does not say which.
            await PublishAsync(user, HomeView.Of(sentences, content.WithoutPictures(), voter), cancellation);
        }
    }

    private Task<JsonElement> PublishAsync(string user, JsonObject view, CancellationToken cancellation) =>
        api.CallAsync("views.publish", new Dictionary<string, string> { ["user_id"] = user, ["view"] = view.ToJsonString() }, cancellation);
}
