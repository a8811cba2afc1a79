using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Codes;

/// <summary>An operator's code: its user becomes an approved teacher.</summary>
internal sealed class TeacherCode(CodeTable codes, TimeProvider clock) : ICodeUse
{
    public CodeKind Kind => CodeKind.Teacher;

    public Task AnswerAsync(Turn turn, Code code, CancellationToken cancellation)
    {
        var typed = turn.Incoming.Text;
        turn.Change(async (session, _) =>
        {
            if (await codes.UseAsync(session, CodeKind.Teacher, typed, turn.Participant.Id.Value) is null)
                throw new InvalidOperationException("Somebody else used the code in the meantime; the turn is worked on again.");
            await Teachers.ApproveAsync(session, turn.Participant.Id, clock.GetUtcNow());
        });
        turn.Speech.Say("codes.teacher");
        return Task.CompletedTask;
    }
}
