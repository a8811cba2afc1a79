using System.Globalization;
using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Uploads pictures as files of the app: invisible until a post shows them, without a public address.</summary>
internal sealed class SlackPictures(SlackApi api, Languages languages, IOptions<SlackOptions> options, TimeProvider clock)
{
    // The file name must not identify the person.
    private const string FileName = "face.jpg";

    private static readonly string[] _gone = ["file_not_found", "file_deleted"];

    // Slack inspects a file after the upload; a block may show it only once Slack has recognised it as a picture.
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

    /// <summary>Deletes the file; a missing file is no error.</summary>
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
            // Without a channel the file stays private to the app.
            var files = JsonSerializer.Serialize(new[] { new { id = file, title = FileName } });
            _ = await api.CallAsync("files.completeUploadExternal", new Dictionary<string, string> { ["files"] = files }, cancellation);
        }
        catch (HttpRequestException)
        {
            // The file may exist, but its id would be lost.
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

    // A picture that takes longer is not given up: the posting step is told to retry.
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
            // On shutdown the caller must first record that Slack has the file.
        }
    }
}
