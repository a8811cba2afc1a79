using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Slack.Views;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>
/// Opens the form for a new person, or a question from a list. If it is too late for Slack, there is no retry: the user is asked to press
/// again.
/// </summary>
internal sealed class OpenSlackForm(Database database, SlackApi api, ChannelMembers members, IQuestions questions, SlackInbox inbox, Languages languages, ILogger<OpenSlackForm> log)
    : IStep<SlackFormWanted>, IOnExhausted<SlackFormWanted>
{
    public async Task<Effects> HandleAsync(SlackFormWanted message, CancellationToken cancellation)
    {
        if (await database.ReadAsync(session => SlackInbox.FindAsync(session, message.Request), cancellation) is not { } request)
            return Effects.None;
        string? problem;
        try
        {
            problem = await OpenAsync(request, cancellation);
        }
        catch (Exception error) when (error is SlackRefusesException or TryLaterException or HttpRequestException)
        {
            log.LogInformation("A form could not be opened: {Reason}", error.Message);
            problem = "slack-answers.click-again";
        }

        return Close(message, problem);
    }

    public Effects Exhausted(SlackFormWanted message, Exception reason) => Close(message, "slack-answers.click-again");

    private Effects Close(SlackFormWanted message, string? problem) => Effects.None.Change(async session =>
    {
        var request = await SlackInbox.FindAsync(session, message.Request);
        if (request is not null && await inbox.CloseAsync(session, message.Request) && problem is not null)
            await inbox.AnswerAsync(session, request with { View = null }, problem);
    });

    /// <returns>Key of the text that says why there is no form; null if it is open, or nobody waits for it.</returns>
    private async Task<string?> OpenAsync(SlackRequest request, CancellationToken cancellation)
    {
        var isNew = TagActions.Read(request.Action, request.Block, request.Value) is { Kind: TagActionKind.New };
        if (request.Trigger is not { } trigger || (isNew ? new QuestionId(request.Value!) : HomeActions.Read(request.Action, request.Value)?.Question) is not { } id)
            return null;
        var member = await members.AskAsync(request.User, cancellation);
        if (!member.IsMember)
            return member.Standing == Standing.Nobody ? null : member.Refusal;
        var question = await database.ReadAsync(session => questions.FindAsync(session, id), cancellation);
        if (question is null)
            return "slack-answers.no-such-question";
        if (question.State is not (QuestionState.Asked or QuestionState.Voting))
            return "slack-answers.closed";

        var sentences = languages.Of(member.Language).Sentences;
        var voter = TagVotes.Voter(request.User);
        try
        {
            await ShowAsync(isNew ? FormViews.NewPerson(sentences, question) : FormViews.Question(sentences, question, voter));
        }
        catch (SlackRefusesException refusal) when (refusal.IsAboutAPicture)
        {
            await ShowAsync(FormViews.Question(sentences, question with { Thumbnail = null }, voter));
        }

        return null;

        // Opened from a form, the new one is pushed on top.
        Task<JsonElement> ShowAsync(JsonObject view) => api.CallAsync(
            request.View is null ? "views.open" : "views.push",
            new Dictionary<string, string> { ["trigger_id"] = trigger, ["view"] = view.ToJsonString() },
            cancellation);
    }
}
