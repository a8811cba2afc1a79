using System.Globalization;
using Atmosphere.Recognition.Domain;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <summary>The buttons that only change the view.</summary>
internal static class HomeActions
{
    /// <summary>Another page of the App Home; the value is its number, starting at 0.</summary>
    public const string More = "home.more";

    public const string Back = "home.back";

    /// <summary>Redraws the first page.</summary>
    public const string Refresh = "home.refresh";

    /// <summary>Opens a question in a modal; the value is <see cref="TagActions.Value(QuestionId)"/>.</summary>
    public const string Show = "home.show";

    private const int MostPages = 1000;

    /// <returns>Null if it is none of these.</returns>
    public static HomeAction? Read(string? action, string? value) => action switch
    {
        Refresh => new HomeAction(0, null),
        More or Back when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page < MostPages => new HomeAction(page, null),
        Show when TagActions.QuestionOf(TagActions.BlockOf(new QuestionId(value ?? ""))) is { } question => new HomeAction(null, question),
        _ => null,
    };
}

/// <param name="Page">Page of the App Home; null: it opens a question.</param>
internal sealed record HomeAction(int? Page, QuestionId? Question);
