using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Applies answers to requests in the database.</summary>
internal sealed class AnswerRequests(IRegistrations registrations, IErasures erasures, IOutbox outbox, TimeProvider clock) : IRequests
{
    public async Task<RequestState?> AnswerAsync(Session session, string request, ParticipantId by, bool granted)
    {
        if (await RequestTable.FindAsync(session, request) is not { State: RequestState.Open } open || open.To != by)
            return null;

        var person = await PersonTable.FindAsync(session, open.Person);
        if (person is null or { State: "failed" or "erasing" })
        {
            await EndAsync(session, open, RequestState.Expired);
            return null;
        }

        if (open.Kind == RequestKind.Guardian)
        {
            var becomes = granted && await BecomeGuardianAsync(session, person, open);
            await EndAsync(session, open, becomes ? RequestState.Granted : RequestState.Refused);
            return becomes ? RequestState.Granted : granted ? null : RequestState.Refused;
        }

        if (!await MayAnswerAsync(session, person, open))
        {
            // Without telling the parent: another teacher is asked. A look-alike request has no other decider, and expires after a week.
            if (open.Kind is RequestKind.Confirmation or RequestKind.SameFace)
                _ = await RequestTable.EndAsync(session, open.Id, RequestState.Expired, clock.GetUtcNow());
            return null;
        }

        if (open.Kind == RequestKind.SameFace)
        {
            var state = granted ? RequestState.Granted : RequestState.Refused;
            _ = await RequestTable.EndAsync(session, open.Id, state, clock.GetUtcNow());
            return open.Face is { } face && await HeldFaces.DecideAsync(session, outbox, face, granted, clock.GetUtcNow()) ? state : null;
        }

        // Ended first, because the removal would end open requests silently.
        await EndAsync(session, open, granted ? RequestState.Granted : RequestState.Refused);
        if (!granted)
            await erasures.RemovePersonAsync(session, person.Id, person.Owner);
        else if (open.Kind == RequestKind.LookAlike)
            await AdmitAsync(session, person, by);
        else
            await Confirmations.ConfirmAsync(session, outbox, person.Id, by, clock.GetUtcNow());
        await CloseOthersAsync(session, open);
        return granted ? RequestState.Granted : RequestState.Refused;
    }

    public async Task<bool> DecideAsync(Session session, PersonId id, bool granted)
    {
        if (!await PersonTable.IsUnconfirmedAsync(session, id) || await PersonTable.FindAsync(session, id) is not { } person)
            return false;

        // A request to its own requester, ended at once, tells them the result.
        var (request, now) = ($"confirmation-{id}-operator", clock.GetUtcNow());
        _ = await RequestTable.AddAsync(session, request, RequestKind.Confirmation, id, person.Owner, person.Owner, new RequestWish(person.Name, null).Write(), null, now);
        var open = (await RequestTable.FindAsync(session, request))!;
        await EndAsync(session, open, granted ? RequestState.Granted : RequestState.Refused);
        if (granted)
            await Confirmations.ConfirmAsync(session, outbox, id, null, now);
        else
            await erasures.RemovePersonAsync(session, id, person.Owner);
        _ = await CloseOthersAsync(session, open);
        return true;
    }

    public Task<bool> DecideAsync(Session session, FaceId held, bool granted) => HeldFaces.DecideAsync(session, outbox, held, granted, clock.GetUtcNow());

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

    /// <summary>A teacher's answer also confirms the child; another parent's does not.</summary>
    private async Task AdmitAsync(Session session, PersonRow person, ParticipantId by)
    {
        if ((await Memberships.TeachersAsync(session, person.GroupId)).Contains(by))
            await Confirmations.ConfirmAsync(session, outbox, person.Id, by, clock.GetUtcNow());
        await LookAlikeRequests.AdmitAsync(session, outbox, person.Id);
    }

    private async Task EndAsync(Session session, Request open, RequestState state)
    {
        if (await RequestTable.EndAsync(session, open.Id, state, clock.GetUtcNow()))
            await outbox.SendAsync(session, new RequestEnded(open.Id));
    }

    /// <summary>The first teacher's answer counts; the other requests are closed.</summary>
    private Task<int> CloseOthersAsync(Session session, Request answered) =>
        RequestTable.EndOthersAsync(session, answered, clock.GetUtcNow());
}
