using System.Globalization;
using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Pictures as files of the app: nobody sees them before a post shows them, and they have no public address.</summary>
internal sealed class SlackPictures(SlackApi api, Languages languages, IOptions<SlackOptions> options, TimeProvider clock)
{
    // It says nothing about whom the picture shows.
    private const string FileName = "face.jpg";

    private static readonly string[] _gone = ["file_not_found", "file_deleted"];

    // Slack looks at a file after the upload; until it knows that it is a picture, no block may show it.
    private static readonly TimeSpan[] _looks =
        [TimeSpan.Zero, TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(1200), TimeSpan.FromMilliseconds(2400)];

    /// <returns>Slack's id of the file.</returns>
    public async Task<string> UploadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellation)
    {
        var place = await api.CallAsync(
            "files.getUploadURLExternal",
            new Dictionary<string, string>
            {
                ["filename"] = FileName,
                ["length"] = picture.Length.ToString(CultureInfo.InvariantCulture),
                ["alt_txt"] = options.Value.LanguageOf(languages).Sentences.Say("slack.picture"),
            },
            cancellation);
        var file = place.NeededText("file_id");
        await api.UploadAsync(place.NeededText("upload_url"), picture, cancellation);
        await CompleteAsync(file, cancellation);
        await SettleAsync(file, cancellation);
        return file;
    }

    /// <summary>Deletes it; what is gone already is no error.</summary>
    public async Task WithdrawAsync(string file, CancellationToken cancellation)
    {
        try
        {
            _ = await api.CallAsync("files.delete", File(file), cancellation);
        }
        catch (SlackRefusesException refusal) when (_gone.Contains(refusal.Error))
        {
        }
    }

    public async Task<bool> IsGoneAsync(string file, CancellationToken cancellation)
    {
        try
        {
            _ = await api.CallAsync("files.info", File(file), cancellation);
            return false;
        }
        catch (SlackRefusesException refusal) when (_gone.Contains(refusal.Error))
        {
            return true;
        }
    }

    private static Dictionary<string, string> File(string id) => new() { ["file"] = id };

    private async Task CompleteAsync(string file, CancellationToken cancellation)
    {
        try
        {
            // Without a channel it stays with the app.
            var files = JsonSerializer.Serialize(new[] { new { id = file, title = FileName } });
            _ = await api.CallAsync("files.completeUploadExternal", new Dictionary<string, string> { ["files"] = files }, cancellation);
        }
        catch (HttpRequestException)
        {
            // Perhaps it is there, and then nobody would know of it.
            await TryWithdrawAsync(file, cancellation);
            throw;
        }
    }

    private async Task TryWithdrawAsync(string file, CancellationToken cancellation)
    {
        try
        {
            await WithdrawAsync(file, cancellation);
        }
        catch (Exception error) when (error is SlackRefusesException or TryLaterException or HttpRequestException)
        {
        }
    }

    // A picture that takes longer is no reason to lose it: whoever posts it is told to come again.
    private async Task SettleAsync(string file, CancellationToken cancellation)
    {
        try
        {
            foreach (var rest in _looks)
            {
                if (rest > TimeSpan.Zero)
                    await Task.Delay(rest, clock, cancellation);
                var answer = await api.CallAsync("files.info", File(file), cancellation);
                if (answer.Of("file")?.TextOf("mimetype") is not null)
                    return;
            }
        }
        catch (Exception error) when (error is SlackRefusesException or TryLaterException or HttpRequestException or OperationCanceledException)
        {
            // Whoever stops now must write down first that Slack has it.
        }
    }
}
