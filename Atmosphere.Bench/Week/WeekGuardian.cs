using Atmosphere.Bot.Console.Clients;

namespace Atmosphere.Bench.Week;

/// <summary>A parent who registers a child by chat, whatever the bot asks on the way.</summary>
internal static class WeekGuardian
{
    private const int MostTurns = 40;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    /// <param name="server">Where the bot is.</param>
    /// <param name="name">The child's.</param>
    /// <param name="photos">Of the child alone.</param>
    /// <param name="code">What a colleague handed out; null: the parent comes by themselves.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidOperationException">The conversation did not come to its end.</exception>
    public static async Task RegisterAsync(Uri server, string name, IReadOnlyList<string> photos, string? code, CancellationToken cancellation)
    {
        using var chat = await DirectLineClient.StartAsync(server, cancellation);
        await chat.SayAsync(code ?? "add child", id: null, cancellation);
        var unsent = new Queue<string>(photos);
        var heard = new List<string>();
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var lines = await chat.ReadUntilAsync(line => line.Buttons.Count > 0 || Ends(line, name) || Asks(line), _patience, cancellation);
            heard.AddRange(lines.Select(line => line.Text));
            // The end may be followed by what the bot did not learn.
            if (lines.Any(line => Ends(line, name)))
                return;
            var line = lines[^1];
            if (Has(line, "done") && unsent.Count == 0)
                await chat.SayAsync("done", id: null, cancellation);
            else if (Has(line, "yes"))
                await chat.SayAsync("yes", id: null, cancellation);
            else if (line.Text.Contains("name of your child", StringComparison.Ordinal))
                await chat.SayAsync(name, id: null, cancellation);
            else if (unsent.TryDequeue(out var photo))
                await chat.SendPhotoAsync(photo, cancellation);
            else if (Has(line, "1"))
                await chat.SayAsync("1", id: null, cancellation);
            else if (Has(line, "add child"))
                await chat.SayAsync("add child", id: null, cancellation);
        }

        throw new InvalidOperationException($"The registration did not end. The bot said: {string.Join(" | ", heard)}");
    }

    private static bool Ends(BotLine line, string name) =>
        line.Text.Contains($"{name} is registered", StringComparison.Ordinal) || line.Text.Contains("I have learned the face", StringComparison.Ordinal);

    private static bool Asks(BotLine line) =>
        line.Text.Contains("name of your child", StringComparison.Ordinal) || line.Text.Contains("send me a photo", StringComparison.Ordinal);

    private static bool Has(BotLine line, string button) => line.Buttons.Any(text => text.StartsWith(button, StringComparison.OrdinalIgnoreCase));
}
