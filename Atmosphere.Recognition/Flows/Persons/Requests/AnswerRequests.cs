using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>Answers in the database.</summary>
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
            // Without a word to the parent: another is asked. Of look-alikes nobody else is; a week later that is given up.
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

        // First: what is still open is ended by the removal without a word.
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

        // A question that nobody is asked: to its asker, ended at once, it tells them what became of it.
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

    /// <summary>Only its owner lets somebody in, and only while they are the owner.</summary>
    private async Task<bool> BecomeGuardianAsync(Session session, PersonRow person, Request open) =>
        person.Owner == open.To
        && RequestWish.Read(open.Details).Consent is { } consent
        && await registrations.AddGuardianAsync(session, person.Id, open.From, consent, WayToJoin.OwnersYes);

    /// <summary>Who was a teacher when they were asked may be none any more. The owner of the child that another looks like may still say so.</summary>
    private static async Task<bool> MayAnswerAsync(Session session, PersonRow person, Request open) =>
        await Memberships.MayConfirmAsync(session, person.GroupId, open.To)
        || (open.Kind == RequestKind.LookAlike && RequestWish.Read(open.Details).Like is { } like
            && (await PersonTable.FindAsync(session, new PersonId(like)))?.Owner == open.To);

    /// <summary>A teacher who knows the child has confirmed it, too; another parent has not.</summary>
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

    /// <summary>The first teacher's answer counts; the others are asked nothing any more.</summary>
    private Task<int> CloseOthersAsync(Session session, Request answered) =>
        RequestTable.EndOthersAsync(session, answered, clock.GetUtcNow());
}
