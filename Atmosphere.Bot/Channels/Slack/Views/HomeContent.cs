using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Views;

/// <param name="Page">The page shown, starting at 0: the requested one, or the last one if there are fewer now.</param>
/// <param name="Waiting">Number of open questions.</param>
/// <param name="Shown">The questions of the page.</param>
/// <param name="Week">Statistics of the last seven days.</param>
internal sealed record HomeContent(int Page, int Waiting, IReadOnlyList<QuestionView> Shown, WeekOfTags Week)
{
    /// <summary>Slack shows at most 100 blocks; a question needs three, the rest of the page ten.</summary>
    public const int PageSize = 25;

    public bool HasMore => Waiting > (Page + 1) * PageSize;

    public HomeContent WithoutPictures() => this with { Shown = [.. Shown.Select(question => question with { Thumbnail = null })] };

    public static async Task<HomeContent> ReadAsync(Session session, IQuestions questions, string voter, int page)
    {
        var waiting = await questions.CountWaitingAsync(session, groups: null);
        var shown = Math.Clamp(page, 0, Math.Max(0, (waiting - 1) / PageSize));
        var all = await questions.WaitingAsync(session, groups: null, voter, (shown + 1) * PageSize);
        return new HomeContent(shown, waiting, [.. all.Skip(shown * PageSize)], await questions.WeekAsync(session));
    }
}
