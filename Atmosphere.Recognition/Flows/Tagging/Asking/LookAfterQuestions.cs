using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Asking;

/// <summary>
/// Every hour: decides questions whose face got a name, expires those that cannot be answered any more, updates posts on Slack, and reminds
/// of questions that have waited a day.
/// </summary>
internal sealed class LookAfterQuestions(Database database, IColleagues colleagues, QuestionsAnsweredByName answered, TimeProvider clock) : IStep<Messages.LookAfterQuestions>
{
    private const int FirstHour = 8;
    private const int LastHour = 18;

    private static readonly TimeSpan _remindEvery = TimeSpan.FromDays(1);
    private static readonly TimeSpan _settling = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _recent = TimeSpan.FromHours(3);
    private static readonly ColleagueNotice _waits = new("tagging.question-waits", new Dictionary<string, string>());

    public async Task<Effects> HandleAsync(Messages.LookAfterQuestions message, CancellationToken cancellation)
    {
        if (colleagues.Listening)
            await RemindAsync(cancellation);
        return new Effects()
            .Change((session, outbox) => answered.DecideByNameAsync(session, outbox, null))
            .Change(GiveUpAsync)
            .Change(ShowAsync);
    }

    private async Task GiveUpAsync(Session session, IOutbox outbox)
    {
        // A photo being reprocessed finds its faces again, and its questions continue.
        foreach (var question in await QuestionsOfFace.WithoutFaceAsync(session))
            await QuestionExpiry.FaceGoesAsync(session, outbox, question, [], clock.GetUtcNow());
    }

    /// <summary>Posts what is missing, because Slack was set up later or an update was lost.</summary>
    private async Task ShowAsync(Session session, IOutbox outbox)
    {
        if (!colleagues.Listening)
            return;
        // Photos of a decided question were sent after the last update: the post shows their number, once.
        var now = clock.GetUtcNow();
        foreach (var question in await QuestionPosts.SentSinceShownAsync(session, now - _settling, now - _recent, _settling))
            await QuestionTable.TouchAsync(session, question.Id, now);
        var late = await QuestionPosts.NotShownAsync(session, now - _remindEvery, now - _recent);

        // While the channel refuses posts, only one question is tried, to find out when it accepts them again.
        var refuses = await DeadLetterTable.CountAsync(session, "colleagues-questions", now - _recent) > 0;
        foreach (var question in late.Take(refuses ? 1 : late.Count))
            await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }

    private async Task RemindAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var waiting = await database.ReadAsync(
            session => QuestionPosts.ToRemindAsync(session, now - _remindEvery),
            cancellation);
        foreach (var question in waiting.Where(question => IsDay(question.TimeZone, now)))
        {
            // Recorded before sending, so that a crash may lose a reminder but never repeats it.
            await database.WriteAsync(session => QuestionPosts.RemindedAsync(session, question.Id, now.ToUnixTimeMilliseconds()), cancellation);
            try
            {
                await colleagues.TellAsync(_waits, new ColleaguePost(question.Channel, question.Ts), cancellation);
            }
            catch (TryLaterException error) when (!error.MayHaveHappened)
            {
                await database.WriteAsync(session => QuestionPosts.RemindedAsync(session, question.Id, question.RemindedAt), CancellationToken.None);
                return;
            }
            catch (HopelessException)
            {
                // The post was deleted; the question stays open in the other chats.
            }
            catch (Exception error) when (error is HttpRequestException or TryLaterException)
            {
                // It may have been sent. The rest of the run does not depend on it.
                return;
            }
        }
    }

    private static bool IsDay(string timeZone, DateTimeOffset now) =>
        TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).Hour is >= FirstHour and < LastHour;
}
