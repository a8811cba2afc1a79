using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Questions;

/// <summary>What the machine of a question permits is written; what it does not permit changes nothing in the database.</summary>
public sealed class QuestionMovesTests : IAsyncLifetime
{
    private static readonly QuestionId _question = new("question");

    private readonly TestClock _clock = new();
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false, _clock);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Every_move_from_every_state_is_written_as_the_machine_is_configured_and_otherwise_changes_nothing()
    {
        foreach (var (from, move, to) in TagFaceMachineTests.All)
        {
            await PutAsync(from);
            var before = await RowAsync();

            var verdict = await FireAsync(move, new QuestionOutcome(Reason: "why"));

            var moved = to is { } other && other != from;
            var expected = (
                $"{move} from {from}",
                to is null ? MoveVerdict.NotPermitted : moved ? MoveVerdict.Moved : MoveVerdict.Stayed,
                moved ? before with { State = to!.Value, Reason = "why", ChangedAt = before.ChangedAt + 1, DecidedAt = to == QuestionState.Decided ? Now : null } : before);
            Assert.Equal(expected, ($"{move} from {from}", verdict, await RowAsync()));
        }
    }

    [Fact]
    public async Task What_was_decided_stays_to_be_read_when_it_is_undone()
    {
        await PutAsync(QuestionState.Decided);
        await _host.ExecuteAsync("UPDATE questions SET answer = 'person', person_id = 'maya', decided_at = 7");

        Assert.Equal(MoveVerdict.Moved, await FireAsync(QuestionMove.NotThem, null));

        var undone = await RowAsync();
        Assert.Equal((QuestionState.Undone, "person", new PersonId("maya"), 7L), (undone.State, undone.Answer, undone.PersonId!.Value, undone.DecidedAt));
    }

    [Fact]
    public async Task A_state_is_written_only_over_the_state_that_was_read()
    {
        await PutAsync(QuestionState.Decided);
        var before = await RowAsync();

        Assert.False(await _host.Database.WriteAsync(session => QuestionStateTable.MoveAsync(
            session, _question, QuestionState.Voting, QuestionState.Expired, QuestionOutcome.Open, _clock.GetUtcNow())));

        Assert.Equal(before, await RowAsync());
    }

    [Fact]
    public async Task A_question_that_is_gone_is_not_moved() => Assert.Equal(MoveVerdict.Gone, await FireAsync(QuestionMove.Vote, null));

    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private Task<MoveVerdict> FireAsync(QuestionMove move, QuestionOutcome? outcome) =>
        _host.Database.WriteAsync(session => QuestionMoves.FireAsync(session, _question, move, _clock.GetUtcNow(), outcome));

    private Task PutAsync(QuestionState state) => _host.ExecuteAsync(
        $"""
        DELETE FROM questions;
        INSERT INTO questions (id, group_id, kind, face_id, photo_id, state, asked_at, changed_at)
        VALUES ('{_question}', 'class', 'who', 'face', 'photo', '{state.ToString().ToLowerInvariant()}', 1, {Now})
        """);

    private async Task<QuestionRow> RowAsync() => (await _host.Database.ReadAsync(session => QuestionTable.FindAsync(session, _question)))!;
}
