using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Sends an answer to one colleague privately. A duplicate does no harm; if it is lost, the colleague asks again.</summary>
internal sealed class SayOnSlack(
    Database database, SlackApi api, ChannelMembers members, CommandAnswers commands, SlackInbox inbox, Languages languages, ILogger<SayOnSlack> log)
    : IStep<SlackAnswerWaiting>, IOnExhausted<SlackAnswerWaiting>
{
    public async Task<Effects> HandleAsync(SlackAnswerWaiting message, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => SlackInbox.FindAsync(session, message.Request), cancellation) is { } request)
        {
            try
            {
                await SayAsync(request, cancellation);
            }
            catch (SlackRefusesException refusal)
            {
                // The response_url or the form has expired, so the answer cannot be delivered.
                log.LogInformation("An answer could not be given: {Reason}", refusal.Message);
            }
        }

        return Forget(message);
    }

    public Effects Exhausted(SlackAnswerWaiting message, Exception reason) => Forget(message);

    private Effects Forget(SlackAnswerWaiting message) => Effects.None.Change(session => inbox.CloseAsync(session, message.Request));

    private async Task SayAsync(SlackRequest request, CancellationToken cancellation)
    {
        var member = await members.AskAsync(request.User, cancellation);
        if (member.Standing == Standing.Nobody)
            return;
        var sentences = languages.Of(member.Language).Sentences;
        var answer = request.Kind == SlackRequestKind.Command
            ? await commands.AnswerAsync(member, request.User, request.Text ?? "", cancellation)
            : new SlackAnswer(sentences.Say(request.Text!));
        if (request is { View: null, ResponseUrl: { } url })
        {
            await api.RespondAsync(url, answer.ToJson(), cancellation);
            return;
        }

        _ = await (request switch
        {
            { View: { } view } => api.CallAsync("views.update", new Dictionary<string, string> { ["view_id"] = view, ["view"] = FormViews.Notice(sentences, answer.Text).ToJsonString() }, cancellation),
            { Channel: { } channel } when channel[0] != 'D' => api.CallAsync("chat.postEphemeral", Arguments(channel, answer, request.User), cancellation),
            _ => api.CallAsync("chat.postMessage", Arguments(request.Channel ?? request.User, answer, null), cancellation),
        });
    }

    private static Dictionary<string, string> Arguments(string channel, SlackAnswer answer, string? user)
    {
        var arguments = new Dictionary<string, string> { ["channel"] = channel, ["text"] = answer.Text };
        if (answer.Blocks is { } blocks)
            arguments["blocks"] = blocks.ToJsonString();
        if (user is not null)
            arguments["user"] = user;
        return arguments;
    }
}

/// <param name="Text">Slack's mrkdwn; names in it are escaped.</param>
/// <param name="Blocks">Shown instead of the text where blocks are supported; null: the text.</param>
internal sealed record SlackAnswer(string Text, JsonArray? Blocks = null)
{
    /// <summary>The JSON for a response and for a response_url.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["response_type"] = "ephemeral", ["replace_original"] = false, ["text"] = Text };
        if (Blocks is not null)
            json["blocks"] = Blocks.DeepClone();
        return json;
    }
}
