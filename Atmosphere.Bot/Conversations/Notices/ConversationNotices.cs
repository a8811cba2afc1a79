using System.Globalization;
using Atmosphere.Bot.Channels.Telling;
using Atmosphere.Bot.Conversations.Invitations;
using Atmosphere.Bot.Conversations.Reminders;
using Atmosphere.Bot.Conversations.Requests;
using Atmosphere.Bot.Conversations.Sharing;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using static Atmosphere.Bot.Channels.Telling.TellingTables;

namespace Atmosphere.Bot.Conversations.Notices;

/// <summary>The notices to users about registrations, children and erasures, as a table.</summary>
internal static class ConversationNotices
{
    public static IServiceCollection AddConversationNotices(this IServiceCollection services) => services
        .AddNotice<PersonConnected>(ConnectedAsync)
        .AddNotice<PersonNotConnected>(NotConnectedAsync)
        .AddNotice<RegistrationWaits>(async (message, facts, session) =>
            await facts.Registrations.FindAsync(session, message.Person) is { } child ? new(Waits(child)) : Told.Nobody)
        .AddNotice<MorePhotosLearned>(async (message, facts, session) =>
            await ChildAsync(facts, session, message.By, message.Person) is { } child
                ? new(Notice(message.Notice.Value, message.By, LearnedSentence(message), ("name", child.Name)))
                : Told.Nobody)
        .AddNotice<NewPhotosWanted>(async (message, facts, session) =>
            await facts.Registrations.FindAsync(session, message.Person) is { } child
                ? new(Notice($"new-photos-{message.Person}-{message.Since.ToUnixTimeMilliseconds()}", child.Owner, message.HasFace ? "add-photos.wanted" : "add-photos.wanted-anew", ("name", child.Name)))
                : Told.Nobody)
        .AddNotice<LookAlikeLearned>(async (message, facts, session) =>
            await facts.Registrations.FindAsync(session, message.Person) is { } child
                // Does not tell whose child the other one is.
                ? new(Notice($"look-alike-{message.Person}-{message.Other}", child.Owner, "requests.look-alike-learned", ("name", child.Name), ("group", child.GroupName)))
                : Told.Nobody)
        .AddNotice<GuardianJoined>(GuardianJoinedAsync)
        .AddNotice<OwnershipPassed>(async (message, facts, session) =>
            await ChildAsync(facts, session, message.Owner, message.Person) is { } child
                ? new(Notice($"owner-{message.Person}", message.Owner, "forget-me.owner-now", ("name", child.Name)))
                : Told.Nobody)
        .AddNotice<PersonRemoved>((message, _, _) => Task.FromResult(new Told(
            // Without the name, which is being deleted.
            Notice($"removed-{message.Erasure}-{message.Receiver}", message.Receiver, message.WasGuardian ? "remove-person.removed-by-owner" : "remove-person.asked-in-vain"))))
        .AddNotice<PersonErased>(ErasedAsync)
        .AddNotice<RegistrationRests>((message, _, _) => Task.FromResult(new Told(Notice(message.Delivery, message.Participant, message.Sentence))))
        .AddNotice<RequestMade>(RequestNotices.MadeAsync)
        .AddNotice<RequestEnded>(RequestNotices.EndedAsync);

    /// <summary>Tells that photos are recognised from now on, or that a teacher or an operator must confirm first.</summary>
    private static async Task<Told> ConnectedAsync(PersonConnected message, Facts facts, Session session)
    {
        var then = (await InvitationTable.OfAsync(session, message.Person)).Count > 0 ? Effects.None.Send(new InvitedConnected(message.Person)) : Effects.None;
        if (await facts.Registrations.FindAsync(session, message.Person) is not { } child)
            return new Told { Then = then };

        // A child who was looked at before it was learned is announced like one who was learned at once and confirmed later.
        var connected = !await facts.Registrations.IsConfirmedAsync(session, message.Person)
            ? Waits(child)
            : Notice(
                $"connected-{message.Person}", message.Owner,
                child is not { IsAdmitted: true, WasConfirmed: true } ? "connect-person.connected"
                    : child.ConfirmedBy is null ? "requests.confirmed-by-operators" : "requests.confirmed",
                ("name", child.Name), ("group", child.GroupName));
        ParentNotice?[] notices =
        [
            connected,
            await HeldFaceTable.CountAsync(session, message.Person) == 0
                ? null
                : Notice($"held-{message.Person}", message.Owner, "connect-person.some-held", ("name", child.Name)),
            await MatchChecks.AreUncheckedAsync(session, message.Person)
                ? Notice($"checked-{message.Person}", message.Owner, "connect-person.first-photos-checked", ("name", child.Name), ("group", child.GroupName))
                : null,
        ];
        return new([.. notices.OfType<ParentNotice>()]) { Then = then };
    }

    /// <summary>
    /// One text for a learned child who waits for a confirmation, and for one who is not learned before somebody has looked: it must not tell
    /// whether the face was known.
    /// </summary>
    private static ParentNotice Waits(KnownPerson child)
    {
        var waits = Notice($"waits-{child.Person}", child.Owner, "connect-person.waits", ("name", child.Name), ("group", child.GroupName));
        return waits with { Buttons = ["requests.ask-teacher-button"] };
    }

    private static string LearnedSentence(MorePhotosLearned message) => message switch
    {
        { Held: > 0, Learned: > 0 } => "add-photos.some-held",
        { Held: > 0 } => "add-photos.held",
        { Learned: > 0 } => "add-photos.learned",
        _ => "add-photos.not-learned",
    };

    /// <summary>Tells why the child is not registered, and that nothing is kept.</summary>
    internal static async Task<Told> NotConnectedAsync(PersonNotConnected message, Facts facts, Session session)
    {
        var request = await RequestTable.OfPendingAsync(session, message.Person);
        var name = request is { Details: not "{}" }
            ? RequestWish.Read(request.Details).Name
            : (await ChildAsync(facts, session, message.Owner, message.Person))?.Name ?? "your child";
        var delivery = $"not-connected-{message.Person}";
        return message.Reason switch
        {
            NotConnectedReason.LooksLikeOwn => new(Notice(delivery, message.Owner, "connect-person.looks-like-own", ("name", name))),
            // They hear of it when the request has ended.
            NotConnectedReason.LooksLikeAnother when request is not null => Told.Nobody,
            NotConnectedReason.LooksLikeAnother => new(RequestNotices.NotRegistered(delivery, message.Owner, name)),
            _ => new(Notice(delivery, message.Owner, "connect-person.not-connected", ("name", name))),
        };
    }

    /// <summary>Tells the parent who shared a child that it worked, and with whom.</summary>
    private static async Task<Told> GuardianJoinedAsync(GuardianJoined message, Facts facts, Session session)
    {
        if (await facts.Registrations.FindAsync(session, message.Person) is not { } person || await Participants.FindAsync(session, person.Owner) is not { } owner)
            return Told.Nobody;
        var asker = await Askers.DescribeAsync(session, message.Guardian, facts.Languages.Of(owner.Language));
        return new(Notice($"joined-{message.Person}-{message.Guardian}", owner.Id, "share-child.joined", ("asker", asker), ("name", person.Name)));
    }

    /// <summary>The receipt of an erasure: how much was deleted, without names.</summary>
    private static async Task<Told> ErasedAsync(PersonErased message, Facts facts, Session session)
    {
        if (await ErasureRecords.FindAsync(session, message.Erasure) is not { EndedAt: { } ended } erasure)
            return Told.Nobody;
        var sentence = erasure.Searched == "everything" ? "remove-person.receipt" : "remove-person.receipt-after-restart";
        var notice = Notice(
            $"erasure-{message.Erasure}", message.Receiver, sentence,
            ("faces", erasure.FacesDeleted.ToString(CultureInfo.InvariantCulture)),
            ("files", erasure.FilesDeleted.ToString(CultureInfo.InvariantCulture)),
            ("date", DateTimeOffset.FromUnixTimeMilliseconds(ended).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)));
        return new(notice with { AskedFor = true });
    }

    private static async Task<RegisteredPerson?> ChildAsync(Facts facts, Session session, ParticipantId guardian, PersonId person) =>
        (await facts.Registrations.OfAsync(session, guardian)).FirstOrDefault(child => child.Person == person);
}
