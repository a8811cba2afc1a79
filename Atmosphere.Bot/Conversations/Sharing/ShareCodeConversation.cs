using System.Text.Json;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Sharing;

/// <summary>Handles another parent's share code: asks for consent, then makes the user a guardian.</summary>
internal sealed class ShareCodeConversation(Database database, CodeTable codes, IRegistrations registrations, TimeProvider clock) : IConversation
{
    internal const string Dialog = "share-code";

    public string Name => Dialog;

    public bool Begins(Turn turn) => turn.Code == CodeKind.Share && turn.Files.Count == 0;

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var wasOpen = turn.State is not null;
        var (person, problem) = await database.ReadAsync(
            session => wasOpen ? HeldAsync(session, turn, PersonOf(turn.State!)) : LookUpAsync(session, turn),
            cancellation);
        var step = new ShareCodeTurn(turn.Speech, person) { State = wasOpen ? ShareCodeState.AskConsent : ShareCodeState.Closed, Problem = problem ?? "" };
        if (wasOpen && problem is not null)
        {
            step.State = ShareCodeState.Closed;
            step.SayProblem();
        }
        else
        {
            await ShareCodeMachine.Create(step).FireAsync(wasOpen ? Understand(turn) : problem is null ? ShareCodeTrigger.CodeGiven : ShareCodeTrigger.CodeRefused);
        }

        turn.State = step.State == ShareCodeState.AskConsent ? JsonSerializer.Serialize(new Open(person!.Person), JsonSerializerOptions.Web) : null;
        if (step.Uses)
            turn.Change((session, _) => UseAsync(session, turn));
        if (step.Agreed is { } text)
            Join(turn, person!, text);
        else if (wasOpen && turn.State is null && person is not null)
            turn.Change((session, _) => CodeTable.SpendAsync(session, CodeKind.Share, person.Person, turn.Participant.Id.Value));
    }

    /// <summary>The person of a code that waits for a yes, from this conversation's stored state.</summary>
    internal static PersonId PersonOf(string state) => JsonSerializer.Deserialize<Open>(state, JsonSerializerOptions.Web)!.Person;

    private static ShareCodeTrigger Understand(Turn turn) => turn.Word switch
    {
        Word.Yes => ShareCodeTrigger.Yes,
        Word.No => ShareCodeTrigger.No,
        Word.Cancel or Word.Back => ShareCodeTrigger.Cancel,
        Word.Help => ShareCodeTrigger.Help,
        _ => ShareCodeTrigger.Unclear,
    };

    private async Task<(KnownPerson? Person, string? Problem)> LookUpAsync(Session session, Turn turn)
    {
        var code = await codes.FindAsync(session, CodeKind.Share, turn.Incoming.Text, turn.Participant.Id.Value);
        if (code?.Person is not { } id)
            return (null, "share-code.not-valid");
        var (person, problem) = await FindAsync(session, turn, id);
        return person is not null && person.Owner != code.Participant ? (null, "share-code.not-valid") : (person, problem);
    }

    /// <summary>The code may have expired since it was typed.</summary>
    private async Task<(KnownPerson? Person, string? Problem)> HeldAsync(Session session, Turn turn, PersonId id) =>
        await codes.IsHeldAsync(session, CodeKind.Share, id, turn.Participant.Id.Value) ? await FindAsync(session, turn, id) : (null, "share-code.not-valid");

    /// <summary>A user who is not a member of the group learns nothing, not even whose code it is.</summary>
    private async Task<(KnownPerson? Person, string? Problem)> FindAsync(Session session, Turn turn, PersonId id)
    {
        if (await registrations.FindAsync(session, id) is not { } person)
            return (null, "share-code.not-valid");
        if (!(await Memberships.OfAsync(session, turn.Participant.Id)).Any(group => group.Group == person.Group))
            return (null, "share-code.not-member");
        return (person, turn.Children.Any(child => child.Person == id) ? "share-code.yours-already" : null);
    }

    private async Task UseAsync(Session session, Turn turn)
    {
        if (await codes.UseAsync(session, CodeKind.Share, turn.Incoming.Text, turn.Participant.Id.Value) is null)
            throw new InvalidOperationException("The code was used by somebody else while the turn was worked on; it is tried again.");
    }

    private void Join(Turn turn, KnownPerson person, string text)
    {
        var participant = turn.Participant.Id;
        if (turn.Incoming.ProfileName is { Length: > 0 } profile)
            turn.Change((session, _) => Participants.CallAsync(session, participant, profile));
        turn.Change(async (session, outbox) =>
        {
            var consent = new Consent(ConsentTexts.Version, text, ConsentTexts.Purpose, clock.GetUtcNow()) { Said = ConsentTexts.Said(turn) };
            if (!await registrations.AddGuardianAsync(session, person.Person, participant, consent, WayToJoin.ShareCode))
                throw new InvalidOperationException("The person was removed, or the group left, while the turn was worked on; it is tried again.");
            await CodeTable.SpendAsync(session, CodeKind.Share, person.Person, participant.Value);
            await outbox.SendAsync(session, new GuardianJoined(person.Person, participant));
        });
    }

    private sealed record Open(PersonId Person);
}
