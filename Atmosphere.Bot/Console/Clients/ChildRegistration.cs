namespace Atmosphere.Bot.Console.Clients;

/// <summary>A parent who registers a child in the shortest conversation that does it.</summary>
internal static class ChildRegistration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="parent">The parent's chat.</param>
    /// <param name="name">The child's name.</param>
    /// <param name="photo">A photo with the child and others in it.</param>
    /// <param name="face">Which of the faces it is, counted from the left, from 1.</param>
    /// <param name="heard">Told every line as it is said: who (true: the bot) and what.</param>
    /// <param name="cancellation">Gives up.</param>
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
