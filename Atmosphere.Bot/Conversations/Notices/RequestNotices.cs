using Atmosphere.Bot.Channels.Telling;
using Atmosphere.Bot.Conversations.Requests;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage;
using static Atmosphere.Bot.Channels.Telling.TellingTables;

namespace Atmosphere.Bot.Conversations.Notices;

/// <summary>The notices to parents and teachers about requests.</summary>
internal static class RequestNotices
{
    private static readonly string[] _buttons = ["requests.allow-button", "requests.refuse-button"];
    private static readonly string[] _ofTwoFaces = ["requests.same-button", "requests.other-button", "requests.refuse-button"];
    private static readonly string[] _ofOneFace = [.. _buttons, "requests.hand-over-button"];

    /// <summary>
    /// Asks for a decision; the number identifies it in the answer. For a confirmation the teacher sees the learned face.
    /// </summary>
    public static async Task<Told> MadeAsync(RequestMade message, Facts facts, Session session)
    {
        if (await RequestTable.FindAsync(session, message.Request) is not { State: RequestState.Open } request
            || await facts.Registrations.FindAsync(session, request.Person) is not { } person
            || await Participants.FindAsync(session, request.To) is not { } receiver)
            return Told.Nobody;

        if (request.Kind == RequestKind.SameFace)
            return await SameFaceAsync(facts, session, request, person, receiver);
        if (request.Kind == RequestKind.FirstMatches)
            return await FirstMatchesAsync(session, request, person);
        if (request.Kind == RequestKind.LookAlike)
            return await LookAlikeAsync(facts, session, request, person, receiver);

        var sentence = request.Kind == RequestKind.Guardian ? "requests.guardian" : message.Again ? "requests.confirmation-again" : "requests.confirmation";
        var notice = Notice(
            $"request-{request.Id}{(message.Again ? "-again" : "")}", request.To, sentence,
            ("asker", await Askers.DescribeAsync(session, request.From, facts.Languages.Of(receiver.Language))), ("name", person.Name),
            ("typed", RequestWish.Read(request.Details).Name), ("group", person.GroupName), ("number", $"{request.Number}"));
        // A teacher needs the face to confirm; an owner who admits a guardian knows the child.
        return new(notice with { Buttons = _buttons, Picture = request.Kind == RequestKind.Confirmation ? person.Portrait : null });
    }

    /// <summary>Tells the decision, and deletes the details.</summary>
    public static async Task<Told> EndedAsync(RequestEnded message, Facts facts, Session session)
    {
        if (await RequestTable.FindAsync(session, message.Request) is not { State: not RequestState.Open, Details: not "{}" } request)
            return Told.Nobody;

        var sentence = (request.Kind, request.State) switch
        {
            (RequestKind.Guardian, RequestState.Granted) => "requests.became-guardian",
            // No teacher was asked: an operator decided.
            (_, RequestState.Granted) when request.To == request.From => "requests.confirmed-by-operators",
            (_, RequestState.Granted) => "requests.confirmed",
            _ => null,
        };
        var name = RequestWish.Read(request.Details).Name;
        var group = (await facts.Registrations.FindAsync(session, request.Person))?.GroupName ?? "";
        var told = sentence is null
            ? NotRegistered($"request-ended-{request.Id}", request.From, name)
            : Notice($"request-ended-{request.Id}", request.From, sentence, ("name", name), ("group", group));
        return new(told)
        {
            Then = Effects.None.Change(writing => RequestTable.ForgetDetailsAsync(writing, request.Id)),
        };
    }

    /// <summary>One text for every refusal: it must not tell whether the face was known. It offers a way to a person.</summary>
    internal static ParentNotice NotRegistered(string delivery, ParticipantId to, string name) =>
        Notice(delivery, to, "requests.not-registered", ("name", name)) with { Buttons = ["requests.ask-teacher-button"] };

    /// <summary>Shows both faces side by side to the user who decides.</summary>
    private static async Task<Told> SameFaceAsync(Facts facts, Session session, Request request, KnownPerson person, Participant receiver)
    {
        if (request.Face is not { } id || await HeldFaceTable.FindAsync(session, id) is not { State: "waiting" } held)
            return Told.Nobody;
        var asked = Notice(
            $"request-{request.Id}", request.To, held.FromId is null ? "requests.same-face-tagged" : "requests.same-face",
            ("asker", await Askers.DescribeAsync(session, request.From, facts.Languages.Of(receiver.Language))), ("name", person.Name),
            ("group", person.GroupName), ("number", $"{request.Number}"));
        return new(asked with { Buttons = _buttons, Picture = held.Picture });
    }

    /// <summary>Shows the person's first matches, beside the learned face, before anything is sent to the guardians.</summary>
    private static async Task<Told> FirstMatchesAsync(Session session, Request request, KnownPerson person)
    {
        if (request.Face is not { } id || await HeldFaceTable.FindAsync(session, id) is not { State: "waiting" } held)
            return Told.Nobody;
        var asked = Notice(
            $"request-{request.Id}", request.To, "requests.first-matches", ("name", person.Name), ("group", person.GroupName), ("number", $"{request.Number}"));
        return new(asked with { Buttons = _buttons, Picture = held.Picture });
    }

    /// <summary>Shows the face, beside the registered one that it looks like, to the teacher or the other child's owner.</summary>
    private static async Task<Told> LookAlikeAsync(Facts facts, Session session, Request request, KnownPerson person, Participant receiver)
    {
        if (request.Face is not { } id || await HeldFaceTable.FindAsync(session, id) is not { State: "waiting" } held)
            return Told.Nobody;

        var like = held.LikeId is { } other ? await facts.Registrations.FindAsync(session, other) : null;
        var isOwner = like?.Owner == request.To;
        var asked = Notice(
            $"request-{request.Id}", request.To, isOwner ? "requests.look-alike-owner" : like is null ? "requests.ask-teacher" : "requests.look-alike-teacher",
            ("asker", await Askers.DescribeAsync(session, request.From, facts.Languages.Of(receiver.Language))),
            ("name", isOwner ? like!.Name : person.Name), ("typed", person.Name), ("group", person.GroupName), ("number", $"{request.Number}"));
        return new(asked with { Buttons = like is null ? _ofOneFace : _ofTwoFaces, Picture = held.Picture });
    }
}
