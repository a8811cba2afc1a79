namespace Atmosphere.Bot.Console.Clients;

/// <summary>Registers a child in the shortest possible conversation, as a parent would.</summary>
internal static class ChildRegistration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="parent">The parent's chat.</param>
    /// <param name="name">The child's name.</param>
    /// <param name="photo">A photo with the child and others in it.</param>
    /// <param name="face">Number of the child's face, counted from the left, starting at 1.</param>
    /// <param name="heard">Called for every line: the sender (true: the bot) and the line.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static async Task ByChatAsync(
        DirectLineClient parent, string name, string photo, int face, Action<bool, BotLine>? heard, CancellationToken cancellation)
    {
        await SayAsync("add child");
        await HearAsync(line => line.Text.Contains("name", StringComparison.OrdinalIgnoreCase));
        await SayAsync(name);
        await HearAsync(line => line.Text.Contains("photo", StringComparison.OrdinalIgnoreCase));
        heard?.Invoke(false, new BotLine($"[{Path.GetFileName(photo)}]", [], []));
        await parent.SendPhotoAsync(photo, cancellation);
        await HearAsync(line => line.Buttons.Contains($"{face}"));
        await SayAsync($"{face}");
        await HearAsync(line => Offers(line, "done"));
        await SayAsync("done");
        await HearAsync(line => Offers(line, "yes"));
        await SayAsync("yes");
        await HearAsync(line => line.Text.Contains("agree", StringComparison.OrdinalIgnoreCase));
        await SayAsync("yes");
        await HearAsync(line => line.Text.Contains($"{name} is registered", StringComparison.OrdinalIgnoreCase));

        async Task SayAsync(string text)
        {
            heard?.Invoke(false, new BotLine(text, [], []));
            await parent.SayAsync(text, id: null, cancellation);
        }

        async Task HearAsync(Func<BotLine, bool> fits)
        {
            foreach (var line in await parent.ReadUntilAsync(fits, Patience, cancellation))
                heard?.Invoke(true, line);
        }
    }

    private static bool Offers(BotLine line, string word) => line.Buttons.Any(button => button.StartsWith(word, StringComparison.OrdinalIgnoreCase));
}
