using System.Globalization;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Requests;

/// <summary>Handles "allow 4821" and "refuse 4821": the answer to a request. The number may be omitted if only one is open.</summary>
internal sealed partial class AnswerConversation(Database database, IRequests requests, IRegistrations registrations) : IConversation
{
    public string Name => "requests";

    public bool Begins(Turn turn) => Answer(turn) is not null;

    /// <summary>An answer with a number is unambiguous.</summary>
    public bool Interrupts(Turn turn) => Answer(turn) is { Number: not null };

    public async Task AnswerAsync(Turn turn, CancellationToken cancellation)
    {
        var answer = Answer(turn)!;
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
            await CarryOutAsync(turn, request, answer.Granted, cancellation);
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

    private async Task CarryOutAsync(Turn turn, Request request, bool granted, CancellationToken cancellation)
    {
        var child = (await database.ReadAsync(session => registrations.FindAsync(session, request.Person), cancellation))?.Name ?? "";
        turn.Change(async (session, _) =>
        {
            var outcome = await requests.AnswerAsync(session, request.Id, turn.Participant.Id, granted);
            var key = (outcome, request.Kind) switch
            {
                (RequestState.Granted, RequestKind.Guardian) => "requests.you-allowed-guardian",
                (RequestState.Refused, RequestKind.Guardian) => "requests.you-refused-guardian",
                (RequestState.Granted, RequestKind.LookAlike) => "requests.you-admitted",
                (RequestState.Refused, RequestKind.LookAlike) => "requests.you-did-not-admit",
                (RequestState.Granted, RequestKind.SameFace) => "requests.you-said-same",
                (RequestState.Refused, RequestKind.SameFace) => "requests.you-said-other",
                (RequestState.Granted, _) => "requests.you-confirmed",
                (RequestState.Refused, _) => "requests.you-did-not-confirm",
                _ => "requests.too-late",
            };
            turn.Speech.Say(key, ("name", child));
        });
    }

    private static async Task<DateTimeOffset?> LastTurnAsync(Session session, Turn turn) =>
        await ConversationTable.FindAsync(session, turn.Key) is { } found
            ? DateTimeOffset.FromUnixTimeMilliseconds(found.UpdatedAt)
            : null;

    private static Given? Answer(Turn turn)
    {
        if (turn.Files.Count > 0)
            return null;
        if (turn.Split(Word.Allow, Word.Refuse) is { } split && Number().Match(PastedText.Plain(split.After)) is { Success: true } number)
            return new Given(split.Word == Word.Allow, true, int.Parse(number.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
        return turn.Word switch
        {
            Word.Allow or Word.Refuse => new Given(turn.Word == Word.Allow, true, null),
            Word.Yes or Word.No => new Given(turn.Word == Word.Yes, false, null),
            _ => null,
        };
    }

    [GeneratedRegex(@"\A#?([0-9]{4})\z")]
    private static partial Regex Number();

    /// <param name="IsNamed">True for allow or refuse, false for yes or no.</param>
    private sealed record Given(bool Granted, bool IsNamed, int? Number);
}
