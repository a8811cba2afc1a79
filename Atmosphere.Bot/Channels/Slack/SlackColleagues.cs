using System.Text.Json;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Slack;

/// <summary>
/// Asks colleagues on Slack. A question is one post in the channel, with its id as hidden metadata, updated with the question.
/// </summary>
internal sealed class SlackColleagues(
    SlackApi api, SlackPictures pictures, SlackHistory history, SlackPeople people, Languages languages, IOptions<SlackOptions> options) : IColleagues
{
    private static readonly TimeSpan _shortRest = TimeSpan.FromSeconds(2);

    // The post was deleted, or can no longer be changed because of its channel or age.
    private static readonly string[] _gone = ["message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found", "is_archived", "is_inactive"];

    // Only the thread is missing.
    private static readonly string[] _noThread = ["thread_not_found", "message_not_found", "cannot_reply_to_message", "channel_not_found"];

    public bool Listening => options.Value.HasToken;

    private string Channel => options.Value.Channel!;

    private Sentences Sentences => options.Value.LanguageOf(languages).Sentences;

    public Task<string> UploadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation) =>
        SlackRefusals.DecidedAsync(() => pictures.UploadAsync(picture, cancellation));

    public Task<ColleaguePost> AskAsync(QuestionView question, CancellationToken cancellation) => SlackRefusals.DecidedAsync(async () =>
    {
        var answer = await ShowAsync("chat.postMessage", question, new() { ["channel"] = Channel, ["unfurl_links"] = "false", ["unfurl_media"] = "false" }, cancellation);
        return new ColleaguePost(answer.TextOf("channel") ?? Channel, answer.NeededText("ts"));
    });

    public Task<ColleaguePost> AskAsync(HeldFaceView held, CancellationToken cancellation) => SlackRefusals.DecidedAsync(async () =>
    {
        try
        {
            var answer = await SayAsync(
                "chat.postMessage", HeldFacePost.Of(held, Sentences), held.Id, new() { ["channel"] = Channel, ["unfurl_links"] = "false", ["unfurl_media"] = "false" }, cancellation);
            return new ColleaguePost(answer.TextOf("channel") ?? Channel, answer.NeededText("ts"));
        }
        catch (SlackRefusesException refusal) when (refusal.IsAboutAPicture)
        {
            // Nobody can answer without the picture.
            throw new TryLaterException("Slack has a picture and cannot show it yet.", _shortRest, refusal);
        }
    });

    public Task EndAsync(ColleaguePost post, QuestionId held, CancellationToken cancellation) => SlackRefusals.DecidedAsync(async () =>
    {
        try
        {
            return await SayAsync("chat.update", HeldFacePost.Ended(Sentences), held, new() { ["channel"] = post.Channel, ["ts"] = post.Id }, cancellation);
        }
        catch (SlackRefusesException refusal) when (_gone.Contains(refusal.Error))
        {
            return default;
        }
    });

    public Task<PostSearch> FindAsync(QuestionId question, DateTimeOffset since, CancellationToken cancellation) =>
        SlackRefusals.DecidedAsync(() => history.FindAsync(question, since, cancellation));

    public Task UpdateAsync(ColleaguePost post, QuestionView question, CancellationToken cancellation) => SlackRefusals.DecidedAsync(async () =>
    {
        try
        {
            return await ShowAsync("chat.update", question, new() { ["channel"] = post.Channel, ["ts"] = post.Id }, cancellation);
        }
        catch (SlackRefusesException refusal) when (_gone.Contains(refusal.Error))
        {
            return default;
        }
    });

    public Task TellAsync(ColleagueNotice notice, ColleaguePost? about, CancellationToken cancellation) => SlackRefusals.DecidedAsync(async () =>
    {
        var values = notice.Values.ToDictionary(value => value.Key, value => SlackText.Escape(value.Value));
        var message = new Dictionary<string, string>
        {
            ["channel"] = about?.Channel ?? Channel,
            ["text"] = Sentences.Say(notice.Text, values),
            ["unfurl_links"] = "false",
            ["unfurl_media"] = "false",
        };
        if (about is not null)
            message["thread_ts"] = about.Id;
        try
        {
            return await api.CallAsync("chat.postMessage", message, cancellation);
        }
        catch (SlackRefusesException refusal) when (about is not null && _noThread.Contains(refusal.Error))
        {
            // The post was deleted: post the text to the channel instead.
            message["channel"] = Channel;
            _ = message.Remove("thread_ts");
            return await api.CallAsync("chat.postMessage", message, cancellation);
        }
    });

    public Task WithdrawAsync(string picture, CancellationToken cancellation) => SlackRefusals.DecidedAsync(async () =>
    {
        await pictures.WithdrawAsync(picture, cancellation);
        return true;
    });

    public Task<Colleague?> LookUpAsync(string voter, CancellationToken cancellation) =>
        SlackRefusals.DecidedAsync(() => people.LookUpAsync(voter, cancellation));

    private async Task<JsonElement> ShowAsync(string method, QuestionView question, Dictionary<string, string> arguments, CancellationToken cancellation)
    {
        try
        {
            return await SayAsync(method, QuestionBlocks.Of(question, Sentences), question.Id, arguments, cancellation);
        }
        catch (SlackRefusesException refusal) when (refusal.IsAboutAPicture)
        {
            var rest = await WithoutGoneAsync(question, cancellation);
            return rest != question
                ? await SayAsync(method, QuestionBlocks.Of(rest, Sentences), rest.Id, arguments, cancellation)
                : throw new TryLaterException("Slack has a picture and cannot show it yet.", _shortRest, refusal);
        }
    }

    private Task<JsonElement> SayAsync(string method, QuestionPost post, QuestionId id, Dictionary<string, string> arguments, CancellationToken cancellation)
    {
        arguments["text"] = post.Text;
        arguments["blocks"] = post.Blocks.ToJsonString();
        arguments["metadata"] = SlackHistory.MetadataOf(id);
        return api.CallAsync(method, arguments, cancellation);
    }

    // Slack refuses a post with a picture that was deleted meanwhile.
    private async Task<QuestionView> WithoutGoneAsync(QuestionView question, CancellationToken cancellation) => question with
    {
        Thumbnail = await KeptAsync(question.Thumbnail, cancellation),
        ZoomIn = await KeptAsync(question.ZoomIn, cancellation),
    };

    private async Task<string?> KeptAsync(string? picture, CancellationToken cancellation) =>
        picture is null || await pictures.IsGoneAsync(picture, cancellation) ? null : picture;
}
