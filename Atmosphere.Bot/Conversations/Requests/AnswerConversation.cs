using System.Globalization;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Requests;

/// <summary>
/// Handles "allow 4821", "refuse 4821", "same 4821" and "other 4821": the answer to a request, whose number may be omitted if only one is
/// open. "undo 4821" takes a decision back, "hand over 4821" leaves it to an operator.
/// </summary>
internal sealed partial class AnswerConversation(Database database, IRequests requests, IRegistrations registrations) : IConversation
{
    private static readonly Dictionary<Word, RequestAnswer> _answers = new()
    {
        [Word.Allow] = RequestAnswer.Allow,
        [Word.Refuse] = RequestAnswer.Refuse,
        [Word.SameChild] = RequestAnswer.Same,
        [Word.OtherChild] = RequestAnswer.Other,
    };

    public string Name => "requests";

    public bool Begins(Turn turn) => Answer(turn) is not null;

    /// <summary>An answer with a number is unambiguous.</summary>
    public bool Interrupts(Turn turn) => Answer(turn) is { Number: not null };

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var answer = Answer(turn)!;
        if (answer is { Undoes: true, Number: { } undone })
        {
            Undo(turn, undone);
            return;
        }

        var (open, lastTurn) = await database.ReadAsync(
            async session => (await RequestTable.OpenAsync(session, turn.Participant.Id), await LastTurnAsync(session, turn)), cancellation);
        var request = answer.Number is { } number ? open.FirstOrDefault(one => one.Number == number) : open.Count == 1 ? open[0] : null;

        // A plain yes counts only as an answer to the bot's last message.
        if (request is not null && !answer.IsNamed && lastTurn >= request.CreatedAt)
            request = null;
        else if (request is null && answer.Number is null && !answer.IsNamed && open.Count == 0)
        {
            turn.Speech.Say("common.unclear");
            return;
        }

        if (request is null)
            SayWhich(turn, answer, open);
        else
            await CarryOutAsync(turn, request, answer, cancellation);
    }

    private static void SayWhich(Turn turn, Given answer, IReadOnlyList<Request> open)
    {
        if (answer.Number is { } number)
            turn.Speech.Say("requests.unknown", ("number", number.ToString(CultureInfo.InvariantCulture)));
        else if (open.Count == 0)
            turn.Speech.Say("requests.nothing-asked");
        else
            turn.Speech.Say("requests.which", ("numbers", string.Join(", ", open.Select(one => one.Number))), ("number", $"{open[0].Number}"));
    }

    private async Task CarryOutAsync(Turn turn, Request request, Given given, CancellationToken cancellation)
    {
        var (child, like) = await database.ReadAsync(
            async session => (await registrations.FindAsync(session, request.Person), await LikeAsync(session, request)), cancellation);
        var (name, number) = (("name", child?.Name ?? ""), ("number", $"{request.Number}"));
        var isOwner = like is not null && like.Owner == turn.Participant.Id;
        turn.Change(async (session, _) =>
        {
            if (given.Answer is not { } answer)
            {
                turn.Speech.Say(await requests.HandOverAsync(session, request.Id, turn.Participant.Id) ? "requests.you-handed-over" : "requests.allow-or-refuse", number);
                return;
            }

            var outcome = await requests.AnswerAsync(session, request.Id, turn.Participant.Id, answer);
            var key = (outcome, request.Kind) switch
            {
                (RequestState.Open, RequestKind.LookAlike) when like is not null => "requests.about-two-faces",
                (RequestState.Open, _) => "requests.allow-or-refuse",
                (RequestState.Granted, RequestKind.Guardian) => "requests.you-allowed-guardian",
                (RequestState.Refused, RequestKind.Guardian) => "requests.you-refused-guardian",
                (RequestState.Granted, RequestKind.LookAlike) when answer != RequestAnswer.Same => "requests.you-admitted",
                (RequestState.Granted, RequestKind.LookAlike) => isOwner ? "requests.you-allowed-guardian" : "requests.you-said-one-child",
                (RequestState.Refused, RequestKind.LookAlike) => "requests.you-did-not-admit",
                (RequestState.Granted, RequestKind.SameFace) => "requests.you-said-same",
                (RequestState.Refused, RequestKind.SameFace) => "requests.you-said-other",
                (RequestState.Granted, RequestKind.FirstMatches) => "requests.you-said-all-theirs",
                (RequestState.Refused, RequestKind.FirstMatches) => "requests.you-said-not-all",
                (RequestState.Granted, _) => "requests.you-confirmed",
                (RequestState.Refused, _) => "requests.you-did-not-confirm",
                _ => "requests.too-late",
            };
            turn.Speech.Say(key, key == "requests.you-allowed-guardian" && isOwner ? ("name", like!.Name) : name, number);
        });
    }

    private void Undo(Turn turn, int number) => turn.Change(async (session, _) => turn.Speech.Say(
        await requests.UndoAsync(session, turn.Participant.Id, number) switch
        {
            UndoneDecision.WaitsAgain => "requests.undone-waits",
            UndoneDecision.Removed => "requests.undone-removed",
            _ => "requests.nothing-to-undo",
        },
        ("number", number.ToString(CultureInfo.InvariantCulture))));

    private async Task<KnownPerson?> LikeAsync(Session session, Request request) =>
        request.Face is { } face && (await HeldFaceTable.FindAsync(session, face))?.LikeId is { } like ? await registrations.FindAsync(session, like) : null;

    private static async Task<DateTimeOffset?> LastTurnAsync(Session session, Turn turn) =>
        await ConversationTable.FindAsync(session, turn.Key) is { } found
            ? DateTimeOffset.FromUnixTimeMilliseconds(found.UpdatedAt)
            : null;

    private static Given? Answer(Turn turn)
    {
        if (turn.Files.Count > 0)
            return null;
        if (turn.Split([.. _answers.Keys, Word.HandOver, Word.Back]) is { } split && Number().Match(PastedText.Plain(split.After)) is { Success: true } found)
        {
            var number = int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            return new Given(AnswerOf(split.Word), true, number) { Undoes = split.Word == Word.Back };
        }

        return turn.Word switch
        {
            Word.Yes or Word.No => new Given(turn.Word == Word.Yes ? RequestAnswer.Allow : RequestAnswer.Refuse, false, null),
            Word.HandOver => new Given(null, true, null),
            { } word when AnswerOf(word) is { } answer => new Given(answer, true, null),
            _ => null,
        };
    }

    private static RequestAnswer? AnswerOf(Word word) => _answers.TryGetValue(word, out var answer) ? answer : null;

    [GeneratedRegex(@"\A#?([0-9]{4})\z")]
    private static partial Regex Number();

    /// <param name="Answer">Null: leave it to an operator, or undo.</param>
    /// <param name="IsNamed">False for yes or no.</param>
    private sealed record Given(RequestAnswer? Answer, bool IsNamed, int? Number)
    {
        /// <summary>Take the decision back.</summary>
        public bool Undoes { get; init; }
    }
}
