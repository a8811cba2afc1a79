using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Applies answers to requests in the database.</summary>
internal sealed class AnswerRequests(
    IRegistrations registrations, IErasures erasures, IOutbox outbox, IOptions<LearningGateOptions> options, TimeProvider clock) : IRequests
{
    public async Task<RequestState?> AnswerAsync(Session session, string request, ParticipantId by, RequestAnswer answer)
    {
        if (await RequestTable.FindAsync(session, request) is not { State: RequestState.Open } open || open.To != by)
            return null;

        var person = await PersonTable.FindAsync(session, open.Person);
        if (person is null or { State: "failed" or "erasing" })
        {
            await EndAsync(session, open, RequestState.Expired);
            return null;
        }

        if (!await FitsAsync(session, open, answer))
            return RequestState.Open;
        var granted = answer is not (RequestAnswer.Refuse or RequestAnswer.Other);
        if (open.Kind == RequestKind.Guardian)
        {
            var becomes = granted && await BecomeGuardianAsync(session, person, open);
            await EndAsync(session, open, becomes ? RequestState.Granted : RequestState.Refused);
            return becomes ? RequestState.Granted : granted ? null : RequestState.Refused;
        }

        if (!await MayAnswerAsync(session, person, open))
        {
            // Without telling the parent: another teacher is asked, or an operator decides.
            _ = await RequestTable.EndAsync(session, open.Id, RequestState.Expired, clock.GetUtcNow());
            return null;
        }

        if (open.Kind == RequestKind.SameFace)
        {
            var state = granted ? RequestState.Granted : RequestState.Refused;
            _ = await RequestTable.EndAsync(session, open.Id, state, clock.GetUtcNow());
            return open.Face is { } face && await HeldFaces.DecideAsync(session, outbox, face, granted, clock.GetUtcNow()) ? state : null;
        }

        if (open.Kind == RequestKind.FirstMatches)
        {
            var state = granted ? RequestState.Granted : RequestState.Refused;
            _ = await RequestTable.EndAsync(session, open.Id, state, clock.GetUtcNow());
            return await HeldOfAsync(session, open) is { } matches && await FirstMatches.DecideAsync(session, outbox, matches, granted, clock.GetUtcNow()) ? state : null;
        }

        if (open.Kind == RequestKind.LookAlike)
        {
            var state = answer == RequestAnswer.Refuse ? RequestState.Refused : RequestState.Granted;
            _ = await RequestTable.EndAsync(session, open.Id, state, clock.GetUtcNow());
            return await HeldOfAsync(session, open) is { } held && await DecideAsync(session, held, answer, by) ? state : null;
        }

        // Ended first, because the removal would end open requests silently.
        await EndAsync(session, open, granted ? RequestState.Granted : RequestState.Refused);
        if (!granted)
            await erasures.RefusePersonAsync(session, person.Id);
        else
            await Confirmations.ConfirmAsync(session, outbox, person.Id, by, clock.GetUtcNow());
        await CloseOthersAsync(session, open);
        return granted ? RequestState.Granted : RequestState.Refused;
    }

    public async Task<bool> DecideAsync(Session session, PersonId id, bool granted)
    {
        if (!await ConfirmedPersons.IsUnconfirmedAsync(session, id) || await PersonTable.FindAsync(session, id) is not { } person)
            return false;

        // A request to its own requester, ended at once, tells them the result.
        var (request, now) = ($"confirmation-{id}-operator", clock.GetUtcNow());
        _ = await RequestTable.AddAsync(session, request, RequestKind.Confirmation, id, person.Owner, person.Owner, new RequestWish(person.Name, null).Write(), null, now);
        var open = (await RequestTable.FindAsync(session, request))!;
        await EndAsync(session, open, granted ? RequestState.Granted : RequestState.Refused);
        if (granted)
            await Confirmations.ConfirmAsync(session, outbox, id, null, now);
        else
            await erasures.RefusePersonAsync(session, id);
        _ = await CloseOthersAsync(session, open);
        return true;
    }

    public async Task<bool> DecideAsync(Session session, FaceId held, RequestAnswer answer)
    {
        if (await HeldFaceTable.FindAsync(session, held) is not { } face)
            return false;
        if (face.IsRegistration)
            return await DecideAsync(session, face, answer, by: null);
        if (face.IsMatches)
        {
            return answer is RequestAnswer.Allow or RequestAnswer.Refuse
                && await FirstMatches.DecideAsync(session, outbox, face, answer == RequestAnswer.Allow, clock.GetUtcNow());
        }

        return answer is RequestAnswer.Same or RequestAnswer.Other
            && await HeldFaces.DecideAsync(session, outbox, held, answer == RequestAnswer.Same, clock.GetUtcNow());
    }

    public async Task<bool> HandOverAsync(Session session, string request, ParticipantId by)
    {
        if (await RequestTable.FindAsync(session, request) is not { State: RequestState.Open } open || open.To != by || open.Face is not { } face
            || !await HeldFaceTable.HandOverAsync(session, face))
            return false;
        await RequestTable.EndAboutAsync(session, face, clock.GetUtcNow());
        await UnconfirmedPersons.TellOperatorsAsync(session, clock.GetUtcNow());
        return true;
    }

    public async Task<UndoneDecision?> UndoAsync(Session session, ParticipantId by, int number)
    {
        if (await RequestTable.DecidedAsync(session, by, number) is not { Face: { } face } request
            || await PersonTable.FindAsync(session, request.Person) is not { } person || !await MayAnswerAsync(session, person, request))
            return null;
        var undone = await LookAlikeRequests.UndoAsync(session, outbox, erasures, face, clock.GetUtcNow());
        if (undone == UndoneDecision.WaitsAgain)
            _ = await RequestTable.ReopenAsync(session, request.Id);
        return undone;
    }

    public Task<UndoneDecision?> UndoAsync(Session session, FaceId held) => LookAlikeRequests.UndoAsync(session, outbox, erasures, held, clock.GetUtcNow());

    /// <summary>A refusal takes effect when it cannot be undone any more.</summary>
    private async Task<bool> DecideAsync(Session session, HeldFace held, RequestAnswer answer, ParticipantId? by)
    {
        var now = clock.GetUtcNow();
        if (!await LookAlikeRequests.DecideAsync(session, outbox, registrations, held, answer, by, now))
            return false;
        await outbox.SendAsync(session, new Messages.LookAfterRequests(now), options.Value.UndoWithin);
        return true;
    }

    private static async Task<HeldFace?> HeldOfAsync(Session session, Request request) =>
        request.Face is { } face ? await HeldFaceTable.FindAsync(session, face) : null;

    /// <summary>Beside two faces the answer says whether they are the same child's; elsewhere it allows or refuses.</summary>
    private static async Task<bool> FitsAsync(Session session, Request open, RequestAnswer answer) => open.Kind switch
    {
        RequestKind.SameFace => true,
        RequestKind.LookAlike => await HeldOfAsync(session, open) is not { } held || LookAlikeRequests.Fits(held, answer),
        _ => answer is RequestAnswer.Allow or RequestAnswer.Refuse,
    };

    /// <summary>Only the person's current owner may admit a guardian.</summary>
    private async Task<bool> BecomeGuardianAsync(Session session, PersonRow person, Request open) =>
        person.Owner == open.To
        && RequestWish.Read(open.Details).Consent is { } consent
        && await registrations.AddGuardianAsync(session, person.Id, open.From, consent, WayToJoin.OwnersYes);

    /// <summary>A teacher may have lost the approval since the request. The owner of the other look-alike child may still answer.</summary>
    private static async Task<bool> MayAnswerAsync(Session session, PersonRow person, Request open) =>
        await Memberships.MayConfirmAsync(session, person.GroupId, open.To)
        || (open.Kind == RequestKind.LookAlike && RequestWish.Read(open.Details).Like is { } like
            && (await PersonTable.FindAsync(session, new PersonId(like)))?.Owner == open.To);

    private async Task EndAsync(Session session, Request open, RequestState state)
    {
        if (await RequestTable.EndAsync(session, open.Id, state, clock.GetUtcNow()))
            await outbox.SendAsync(session, new RequestEnded(open.Id));
    }

    /// <summary>The first teacher's answer counts; the other requests are closed.</summary>
    private Task<int> CloseOthersAsync(Session session, Request answered) =>
        RequestTable.EndOthersAsync(session, answered, clock.GetUtcNow());
}
