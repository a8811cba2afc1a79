using System.Globalization;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Messaging.Operations;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Answers /atmosphere. Only members get an answer; answers contain no phone numbers and no guardians.</summary>
internal sealed class CommandAnswers(Database database, IQuestions questions, Queues queues, IServerState server, Languages languages, TimeProvider clock)
{
    private const int MostQuestions = 10;
    private const int MostPersons = 10;

    /// <param name="text">The text after /atmosphere.</param>
    public async Task<SlackAnswer> AnswerAsync(SlackMember member, string user, string text, CancellationToken cancellation)
    {
        var sentences = languages.Of(member.Language).Sentences;
        if (!member.IsMember)
            return new SlackAnswer(sentences.Say(member.Refusal));
        var command = SlackCommand.Read(text);
        return command.Kind switch
        {
            SlackCommandKind.Status => new SlackAnswer(await StatusAsync(sentences, cancellation)),
            SlackCommandKind.Unknown => await UnknownAsync(sentences, TagVotes.Voter(user), cancellation),
            SlackCommandKind.Person => new SlackAnswer(await PersonAsync(sentences, command.Name, cancellation)),
            _ => new SlackAnswer(sentences.Say("slack-answers.help")),
        };
    }

    private async Task<string> StatusAsync(Sentences sentences, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().AddDays(-1);
        var (waiting, photos) = await database.ReadAsync(
            async session => (
                await questions.CountWaitingAsync(session, groups: null),
                await ReceivedPhotos.CountAsync(session, since)),
            cancellation);
        var behind = (await queues.ListAsync(cancellation)).Where(queue => queue.Oldest is not null).ToList();
        var (isWell, troubles) = await server.LookAsync(cancellation);
        return string.Join('\n',
        [
            sentences.Say("slack-answers.status", Values(("waiting", Text(waiting)), ("photos", Text(photos)))),
            behind.Count == 0
                ? sentences.Say("slack-answers.nothing-behind")
                : sentences.Say("slack-answers.behind", Values(
                    ("count", Text(behind.Sum(queue => queue.Depth - queue.Resting))), ("seconds", Text((long)behind.Max(queue => queue.Oldest!.Value.TotalSeconds))))),
            isWell ? sentences.Say("slack-answers.well") : sentences.Say("slack-answers.unwell"),
            .. troubles.Select(trouble => $"• {SlackText.Escape(trouble)}"),
        ]);
    }

    private async Task<SlackAnswer> UnknownAsync(Sentences sentences, string voter, CancellationToken cancellation)
    {
        var (count, waiting) = await database.ReadAsync(
            async session => (await questions.CountWaitingAsync(session, groups: null), await questions.WaitingAsync(session, groups: null, voter, MostQuestions)),
            cancellation);
        if (waiting.Count == 0)
            return new SlackAnswer(sentences.Say("slack-answers.nothing-waits"));

        var intro = sentences.Say("slack-answers.waiting", Values(("count", Text(count))));
        List<JsonObject> blocks = [Block.Section(intro)];
        foreach (var question in waiting)
        {
            blocks.Add(Block.Section(
                $"{QuestionRow.Ask(sentences, question)}\n{sentences.Say("slack-answers.photos", Values(("count", Text(question.Photos))))} {QuestionRow.AskedAt(question)}",
                Block.Button(HomeActions.Show, sentences.Say("slack-answers.tag"), TagActions.Value(question.Id))));
        }

        if (count > waiting.Count)
            blocks.Add(Block.Context(Block.Markdown(sentences.Say("slack-answers.rest", Values(("count", Text(count - waiting.Count)))))));
        return new SlackAnswer(intro, new JsonArray([.. blocks]));
    }

    private async Task<string> PersonAsync(Sentences sentences, string typed, CancellationToken cancellation)
    {
        var weekAgo = clock.GetUtcNow().AddDays(-7);
        var persons = await database.ReadAsync(session => RegisteredPersons.FindAsync(session, typed, weekAgo, MostPersons), cancellation);
        return persons.Count == 0
            ? sentences.Say("slack-answers.nobody-called", Values(("name", SlackText.Escape(typed))))
            : string.Join('\n', persons.Select(person => sentences.Say(
                "slack-answers.person",
                Values(
                    ("name", SlackText.Escape(person.Name)),
                    ("group", SlackText.Escape(person.GroupName)),
                    ("since", string.Create(CultureInfo.InvariantCulture, $"<!date^{person.Since.ToUnixTimeSeconds()}^{{date}}|{person.Since:yyyy-MM-dd}>")),
                    ("photos", Text(person.Photos))))));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Values(params (string Name, string Value)[] values) => values.ToDictionary(value => value.Name, value => value.Value);
}
