using System.Text.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Webhooks;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>
/// The four webhooks that Slack calls. Each verifies the request, stores a row and answers within Slack's three seconds; slower work is
/// queued.
/// </summary>
internal static class SlackEndpoints
{
    public static void MapSlack(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/slack/events", EventAsync).AnswerRefusals();
        endpoints.MapPost("/slack/interactivity", InteractionAsync).AnswerRefusals();
        endpoints.MapPost("/slack/options", OptionsAsync).AnswerRefusals();
        endpoints.MapPost("/slack/commands", CommandAsync).AnswerRefusals();
    }

    private static async Task<IResult> EventAsync(HttpContext context, SlackDoor door, EventTaking events)
    {
        using var document = await door.ReadJsonAsync(context);
        var root = document.RootElement;
        switch (root.TextOf("type"))
        {
            case "url_verification":
                return Answer(new JsonObject { ["challenge"] = root.TextOf("challenge") });
            case "event_callback":
                await events.TakeAsync(root);
                break;
        }

        return Results.Ok();
    }

    private static async Task<IResult> InteractionAsync(HttpContext context, SlackDoor door, SlackWebhook clicks, NewPersonForm form)
    {
        using var document = await door.ReadPayloadAsync(context);
        var root = document.RootElement;
        switch (root.TextOf("type"))
        {
            case "block_actions":
                await clicks.TakeAsync(root);
                break;
            case "view_submission" when await form.TakeAsync(root, context.RequestAborted) is { } answer:
                return Answer(answer);
        }

        // A closed form was not submitted: nothing to do.
        return Results.Ok();
    }

    private static async Task<IResult> OptionsAsync(HttpContext context, SlackDoor door, PersonOptions options)
    {
        using var document = await door.ReadPayloadAsync(context);
        return Answer(await options.OfAsync(document.RootElement, context.RequestAborted));
    }

    private static async Task<IResult> CommandAsync(HttpContext context, SlackDoor door, CommandTaking commands)
    {
        var form = await door.ReadFormAsync(context);
        return await commands.TakeAsync(form, context.RequestAborted) is { } answer ? Answer(answer.ToJson()) : Results.Ok();
    }

    private static IResult Answer(JsonObject json) => Results.Text(json.ToJsonString(JsonSerializerOptions.Web), "application/json");
}
