using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Notices;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging;

/// <summary>
/// Every hour: answers what answered itself, gives up what nobody can answer any more, shows what Slack does not show, and reminds of what
/// has waited a day.
/// </summary>
internal sealed class LookAfterQuestions(Database database, IColleagues colleagues, ClusterQuestions questions, TimeProvider clock) : IStep<Messages.LookAfterQuestions>
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
            .Change((session, outbox) => questions.NamedAsync(session, outbox, null))
            .Change(GiveUpAsync)
            .Change(ShowAsync);
    }

    private async Task GiveUpAsync(Session session, IOutbox outbox)
    {
        // A photo that begins again finds its faces again, and the question with them.
        var gone = await QuestionTable.ListAsync(
            session,
            """
            WHERE state IN ('asked', 'voting') AND NOT EXISTS (SELECT 1 FROM bounding_boxes b WHERE b.face_id = questions.face_id)
                AND NOT EXISTS (SELECT 1 FROM photos p WHERE p.id = questions.photo_id AND p.state IN ('unprocessed', 'processing'))
            ORDER BY asked_at, id
            """);
        foreach (var question in gone)
            await ClusterQuestions.GoneAsync(session, outbox, question, [], clock.GetUtcNow());
    }

    /// <summary>Slack was set up later, or a change was lost on its way.</summary>
    private async Task ShowAsync(Session session, IOutbox outbox)
    {
        if (!colleagues.Listening)
            return;
        // The photos of what was decided went out after the post had said so: it says how many, once.
        var now = clock.GetUtcNow();
        var sent = await QuestionTable.ListAsync(
            session,
            """
            WHERE post_state = 'posted' AND state = 'decided' AND kind <> 'identified' AND finalized_at <= @settled AND finalized_at > @recent
                AND COALESCE(posting_at, 0) < finalized_at + @settling
            """,
            new { settled = (now - _settling).ToUnixTimeMilliseconds(), recent = (now - _recent).ToUnixTimeMilliseconds(), settling = (long)_settling.TotalMilliseconds });
        foreach (var question in sent)
            await QuestionTable.TouchAsync(session, question.Id, now);
        var late = await QuestionTable.ListAsync(
            session,
            """
            WHERE (post_state IS NULL AND (state IN ('asked', 'voting') OR (kind = 'identified' AND state = 'decided' AND changed_at > @recent)))
                OR (post_state IN ('sending', 'unknown') AND COALESCE(posting_at, 0) <= @settled)
                OR (post_state = 'posted' AND COALESCE(shown_at, 0) < changed_at)
            ORDER BY asked_at, id
            """,
            new { recent = (now - _remindEvery).ToUnixTimeMilliseconds(), settled = (now - _recent).ToUnixTimeMilliseconds() });
        // While the channel refuses, one question finds out whether it still does: the others wait.
        var refuses = await session.QuerySingleOrDefaultAsync<long>(
            "SELECT COUNT(*) FROM dead_letters WHERE queue = 'colleagues-questions' AND died_at > @lately", new { lately = (now - _recent).ToUnixTimeMilliseconds() }) > 0;
        foreach (var question in late.Take(refuses ? 1 : late.Count))
            await outbox.SendAsync(session, new QuestionChanged(question.Id));
    }

    private async Task RemindAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var waiting = await database.ReadAsync(
            session => session.QueryAsync<Waiting>(
                """
                SELECT q.id, q.channel, q.ts, q.reminded_at, g.time_zone FROM questions q JOIN groups g ON g.id = q.group_id
                WHERE q.state IN ('asked', 'voting') AND q.post_state = 'posted' AND COALESCE(q.reminded_at, q.asked_at) <= @before ORDER BY q.asked_at, q.id
                """,
                new { before = (now - _remindEvery).ToUnixTimeMilliseconds() }),
            cancellation);
        foreach (var question in waiting.Where(question => IsDay(question.TimeZone, now)))
        {
            // At most once a day, also when the program dies now: a reminder may be lost, a second one may not come.
            await database.WriteAsync(
                session => session.ExecuteAsync("UPDATE questions SET reminded_at = @at WHERE id = @Id", new { question.Id, at = now.ToUnixTimeMilliseconds() }), cancellation);
            try
            {
                await colleagues.TellAsync(_waits, new ColleaguePost(question.Channel, question.Ts), cancellation);
            }
            catch (TryLaterException error) when (!error.MayHaveHappened)
            {
                await database.WriteAsync(
                    session => session.ExecuteAsync("UPDATE questions SET reminded_at = @RemindedAt WHERE id = @Id", question), CancellationToken.None);
                return;
            }
            catch (HopelessException)
            {
                // The post was deleted by somebody; the question waits in the other chats.
            }
            catch (Exception error) when (error is HttpRequestException or TryLaterException)
            {
                // It may have been said. The rest of the round does not depend on it.
                return;
            }
        }
    }

    private static bool IsDay(string timeZone, DateTimeOffset now) =>
        TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).Hour is >= FirstHour and < LastHour;

    private sealed record Waiting
    {
        public QuestionId Id { get; init; }

        public string Channel { get; init; } = "";

        public string Ts { get; init; } = "";

        public long? RemindedAt { get; init; }

        public string TimeZone { get; init; } = "";
    }
}
