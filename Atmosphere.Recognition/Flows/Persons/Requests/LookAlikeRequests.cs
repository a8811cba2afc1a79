using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Persons.Requests;

/// <summary>
/// Handles registrations that somebody looks at before the face is learned: it looks like a child of another family, or the parent asks for a
/// teacher. A teacher of the group decides; without a teacher the other child's owner, or an operator. They see both faces. Until then nothing
/// is learned, and nothing changes for the other child. A refusal takes effect only when it cannot be undone any more.
/// </summary>
internal static class LookAlikeRequests
{
    /// <summary>Holds the registration from now on, and asks those who may decide.</summary>
    public static async Task HoldAsync(Session session, IOutbox outbox, PersonRow person, HeldFace pair, DateTimeOffset now)
    {
        if ((await Memberships.TeachersAsync(session, person.GroupId)).Contains(person.Owner))
        {
            await AdmitAsync(session, outbox, person.Id);
            return;
        }

        if (await HeldFaceTable.AddAsync(session, pair, now))
            await outbox.SendAsync(session, new HeldFaceChanged(pair.Id));
        if (await HeldFaceTable.FindAsync(session, pair.Id) is not { State: "waiting" } held)
            return;
        // A parent who asked for a teacher was told in the chat to expect an answer.
        if (!person.AsksTeacher)
            await outbox.SendAsync(session, new RegistrationWaits(person.Id, person.Owner));
        await AskAsync(session, outbox, held, now);
    }

    public static async Task AskAsync(Session session, IOutbox outbox, HeldFace held, DateTimeOffset now)
    {
        if (held.HandedOver || await PersonTable.FindAsync(session, held.PersonId) is not { State: "connecting" } person)
            return;

        var like = held.LikeId is { } id ? await PersonTable.FindAsync(session, id) : null;
        var teachers = await Memberships.TeachersAsync(session, person.GroupId);
        IReadOnlyList<ParticipantId> receivers = teachers.Count > 0 ? teachers
            : like is not null && !person.AsksTeacher && !await GuardianRequests.WasAskedAsync(session, person, like.Id) ? [like.Owner]
            : [];
        foreach (var asked in receivers)
        {
            var request = $"look-alike-{person.Id}-{asked}";
            var wish = new RequestWish(person.Name, null) { Like = like?.Id.Value };
            if (await RequestTable.AddAsync(session, request, RequestKind.LookAlike, person.Id, person.Owner, asked, wish.Write(), null, now, held.Id))
                await outbox.SendAsync(session, new RequestMade(request));
        }
    }

    /// <summary>Applies a decision about a held registration.</summary>
    /// <param name="by">The teacher or the other child's owner; null: an operator.</param>
    /// <returns>False if it was decided before, or the answer does not fit.</returns>
    public static async Task<bool> DecideAsync(
        Session session, IOutbox outbox, IRegistrations registrations, HeldFace held, RequestAnswer answer, ParticipantId? by, DateTimeOffset now)
    {
        if (await PersonTable.FindAsync(session, held.PersonId) is not { State: "connecting" } person || !Fits(held, answer))
            return false;
        if (!await HeldFaceTable.DecideAsync(session, held.Id, answer != RequestAnswer.Refuse, now))
            return false;
        await RequestTable.EndAboutAsync(session, held.Id, now);
        await outbox.SendAsync(session, new HeldFaceChanged(held.Id));

        var like = held.LikeId is { } id ? await PersonTable.FindAsync(session, id) : null;
        var isTeacher = by is null || await Memberships.MayConfirmAsync(session, person.GroupId, by.Value);
        if (answer == RequestAnswer.Refuse)
        {
            if (!isTeacher && like is not null)
                await GuardianRequests.RefuseAsync(session, person, like.Id, now);
        }
        else if (answer == RequestAnswer.Same && like is not null)
        {
            if (by == like.Owner)
                await GuardianRequests.GrantAsync(session, outbox, registrations, person, like.Id, now);
            await outbox.SendAsync(session, new Messages.GiveUpPerson(person.Id, NotConnectedReason.LooksLikeAnother, like.Id));
        }
        else
        {
            // A teacher's answer also confirms the child; another parent's does not.
            if (isTeacher)
                await Confirmations.ConfirmAsync(session, outbox, person.Id, by, now);
            await AdmitAsync(session, outbox, person.Id);
        }

        return true;
    }

    /// <summary>With a look-alike on the left the answer says whether it is the same child; otherwise it allows or refuses.</summary>
    public static bool Fits(HeldFace held, RequestAnswer answer) =>
        answer == RequestAnswer.Refuse || (held.LikeId is null ? answer == RequestAnswer.Allow : answer is RequestAnswer.Same or RequestAnswer.Other);

    /// <summary>Takes a decision back while its pictures are kept: a refused registration waits again, an admitted one is removed.</summary>
    /// <returns>Null if there is nothing to undo.</returns>
    public static async Task<UndoneDecision?> UndoAsync(Session session, IOutbox outbox, IErasures erasures, FaceId held, DateTimeOffset now)
    {
        if (await HeldFaceTable.ReopenAsync(session, held))
            return UndoneDecision.WaitsAgain;
        if (await HeldFaceTable.FindAsync(session, held) is not { IsRegistration: true, State: "allowed" } allowed
            || await PersonTable.FindAsync(session, allowed.PersonId) is not { State: "connecting" or "connected" } person)
            return null;
        await RefuseAsync(session, outbox, erasures, person, now);
        return UndoneDecision.Removed;
    }

    /// <summary>Removes the registration, and tells the parent.</summary>
    public static async Task RefuseAsync(Session session, IOutbox outbox, IErasures erasures, PersonRow person, DateTimeOffset now)
    {
        // A request to its own requester, ended at once, tells them the result.
        var request = $"look-alike-{person.Id}-refused";
        if (await RequestTable.AddAsync(
                session, request, RequestKind.LookAlike, person.Id, person.Owner, person.Owner, new RequestWish(person.Name, null).Write(), null, now)
            && await RequestTable.EndAsync(session, request, RequestState.Refused, now))
            await outbox.SendAsync(session, new RequestEnded(request));
        await erasures.RefusePersonAsync(session, person.Id);
    }

    /// <summary>Starts learning the person.</summary>
    private static async Task AdmitAsync(Session session, IOutbox outbox, PersonId person)
    {
        if (await PersonTable.AdmitAsync(session, person))
            await outbox.SendAsync(session, new Messages.ConnectPerson(person));
    }
}
