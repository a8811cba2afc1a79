using System.Globalization;
using System.Text.Json;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Slack;

/// <summary>
/// Colleagues on Slack. Completing an upload with a channel is the post itself, so that a picture is never shown without its words, and
/// Slack knows for every file whether and where it was shown.
/// </summary>
internal sealed class SlackColleagues(SlackApi api, Languages languages, IOptions<SlackOptions> options) : IColleagues
{
    // It says nothing about whom the picture shows.
    private const string FileName = "face.jpg";

    public bool Listening => options.Value.HasToken;

    public Task<string> UploadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation) => DecidedAsync(async () =>
    {
        var place = await api.CallAsync(
            "files.getUploadURLExternal",
            new Dictionary<string, string>
            {
                ["filename"] = FileName,
                ["length"] = picture.Length.ToString(CultureInfo.InvariantCulture),
                ["alt_txt"] = languages.Default.Sentences.Say("slack.picture"),
            },
            cancellation);
        await api.UploadAsync(TextOf(place, "upload_url"), picture, cancellation);
        return TextOf(place, "file_id");
    });

    public Task<ColleaguePost> PostAsync(string picture, ColleagueNotice notice, CancellationToken cancellation) => DecidedAsync(async () =>
    {
        var words = notice.Values.ToDictionary(value => value.Key, value => Escaped(value.Value));
        var answer = await api.CallAsync(
            "files.completeUploadExternal",
            new Dictionary<string, string>
            {
                ["files"] = JsonSerializer.Serialize(new[] { new { id = picture, title = FileName } }),
                ["channel_id"] = options.Value.Channel!,
                ["initial_comment"] = languages.Default.Sentences.Say(notice.Text, words),
            },
            cancellation);
        var file = answer.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.Array ? files.EnumerateArray().FirstOrDefault() : default;
        return ShareOf(file) ?? new ColleaguePost(options.Value.Channel!, null);
    });

    public Task<PostSearch> FindAsync(string picture, CancellationToken cancellation) => DecidedAsync(async () =>
    {
        try
        {
            var answer = await api.CallAsync("files.info", new Dictionary<string, string> { ["file"] = picture }, cancellation);
            return answer.TryGetProperty("file", out var file) && ShareOf(file) is { } post
                ? new PostSearch(PostState.Posted, post)
                : new PostSearch(PostState.Unsettled);
        }
        catch (SlackRefusesException refusal) when (refusal.Error is "file_not_found" or "file_deleted")
        {
            return new PostSearch(PostState.NotPosted);
        }
    });

    public Task WithdrawAsync(string picture, CancellationToken cancellation) => DecidedAsync(async () =>
    {
        try
        {
            return await api.CallAsync("files.delete", new Dictionary<string, string> { ["file"] = picture }, cancellation);
        }
        catch (SlackRefusesException refusal) when (refusal.Error is "file_not_found" or "file_deleted")
        {
            return default;
        }
    });

    private static async Task<T> DecidedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (SlackRefusesException refusal)
        {
            throw new HopelessException($"{refusal.Message} {Remedy(refusal.Error)}", refusal);
        }
    }

    private static string Remedy(string error) => error switch
    {
        "invalid_auth" or "not_authed" or "token_revoked" or "token_expired" or "account_inactive" => $"Check {SlackOptions.Section}:BotToken.",
        "missing_scope" or "not_allowed_token_type" or "no_permission" => "Give the app the scopes files:write and files:read, and install it again.",
        "channel_not_found" or "invalid_channel" or "not_in_channel" or "is_archived" => $"Check {SlackOptions.Section}:Channel, and invite the bot there.",
        _ => "Slack's page about the method says what it means.",
    };

    /// <summary>Where a file is shown, of the channels that Slack lists in it; null where it lists none.</summary>
    private static ColleaguePost? ShareOf(JsonElement file)
    {
        if (file.ValueKind != JsonValueKind.Object || !file.TryGetProperty("shares", out var shares) || shares.ValueKind != JsonValueKind.Object)
            return null;

        var posts =
            from kind in shares.EnumerateObject()
            where kind.Value.ValueKind == JsonValueKind.Object
            from channel in kind.Value.EnumerateObject()
            where channel.Value.ValueKind == JsonValueKind.Array
            from message in channel.Value.EnumerateArray()
            select new ColleaguePost(channel.Name, message.TryGetProperty("ts", out var ts) ? ts.GetString() : null);
        return posts.FirstOrDefault();
    }

    private static string TextOf(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text
            ? text
            : throw new HttpRequestException($"Slack's answer has no {name}.");

    // As Slack wants it in all texts: no name becomes a mention or a link.
    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
