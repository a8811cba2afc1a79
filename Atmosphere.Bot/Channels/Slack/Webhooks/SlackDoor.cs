using System.Text;
using System.Text.Json;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Slack.Api;
using Atmosphere.Bot.Channels.Webhooks;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Atmosphere.Bot.Channels.Slack.Webhooks;

/// <summary>Verifies that a request was signed by Slack for our app and workspace; shared by all four webhooks.</summary>
internal sealed class SlackDoor(IOptions<SlackOptions> options, SignedBodies bodies, TimeProvider clock)
{
    private const int LargestBody = 1024 * 1024;
    private const int MostFields = 100;

    /// <summary>A verified event.</summary>
    /// <exception cref="RefusedRequestException">The request is not from Slack, or not for us.</exception>
    public async Task<JsonDocument> ReadJsonAsync(HttpContext context) => Ours(WebhookBody.Parse(await ReadAsync(context)));

    /// <summary>A verified payload: JSON in a form field.</summary>
    /// <inheritdoc cref="ReadJsonAsync" path="/exception"/>
    public async Task<JsonDocument> ReadPayloadAsync(HttpContext context)
    {
        var form = Fields(await ReadAsync(context));
        return Ours(WebhookBody.Parse(Encoding.UTF8.GetBytes(form.GetValueOrDefault("payload", ""))));
    }

    /// <summary>A verified form.</summary>
    /// <inheritdoc cref="ReadJsonAsync" path="/exception"/>
    public async Task<IReadOnlyDictionary<string, string>> ReadFormAsync(HttpContext context)
    {
        var form = Fields(await ReadAsync(context));
        Check([form.GetValueOrDefault("team_id"), form.GetValueOrDefault("enterprise_id")]);
        return form;
    }

    private async Task<byte[]> ReadAsync(HttpContext context)
    {
        if (!options.Value.HasSigningSecret)
            throw new RefusedRequestException(404, $"Slack is not expected here: {SlackOptions.Section}:SigningSecret is not set.");

        // The body of an unsigned request is not read.
        var headers = context.Request.Headers;
        if (headers[SlackSignature.Header] is not [{ Length: > 0 } signature] || headers[SlackSignature.Timestamp] is not [{ Length: > 0 } timestamp])
            throw new RefusedRequestException(401, $"The request needs {SlackSignature.Header} and {SlackSignature.Timestamp}, each once.");
        if (!Signature.IsRecent(timestamp, clock.GetUtcNow()))
            throw new RefusedRequestException(401, $"The {SlackSignature.Timestamp} is more than five minutes from now. Send a new request; if it is new, a clock is wrong.");

        var claim = SlackSignature.Claim(signature, timestamp, options.Value.SigningSecrets) ?? throw SlackSignature.Wrong;
        await using var body = await bodies.ReadAsync(context, LargestBody, claim);
        return await body.ToArrayAsync();
    }

    private static Dictionary<string, string> Fields(byte[] body)
    {
        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(body)) { ValueCountLimit = MostFields, ValueLengthLimit = LargestBody };
            return reader.ReadForm().ToDictionary(field => field.Key, field => Single(field.Key, field.Value), StringComparer.Ordinal);
        }
        catch (InvalidDataException)
        {
            throw new RefusedRequestException(400, $"The body is no form of at most {MostFields} fields.");
        }
    }

    private static string Single(string name, StringValues values) =>
        values.Count == 1 ? values[0]! : throw new RefusedRequestException(400, $"The field {(name.Length <= 40 ? name : "of the form")} comes more than once.");

    private JsonDocument Ours(JsonDocument document)
    {
        var root = document.RootElement;
        if (root.TextOf("type") != "url_verification")
        {
            try
            {
                Check([root.TextOf("team_id"), root.TextOf("enterprise_id"), root.Of("team")?.TextOf("id"), root.Of("enterprise")?.TextOf("id"), .. OfOrganisation(root)]);
            }
            catch (RefusedRequestException)
            {
                document.Dispose();
                throw;
            }
        }

        return document;
    }

    /// <summary>
    /// An app that a whole organisation installed gets payloads without a team, and events for several workspaces: what they name instead.
    /// </summary>
    private static IEnumerable<string?> OfOrganisation(JsonElement root)
    {
        foreach (var authorization in root.ListOf("authorizations"))
        {
            yield return authorization.TextOf("team_id");
            yield return authorization.TextOf("enterprise_id");
        }

        if (root.Of("team") is not null || root.Of("enterprise") is null)
            yield break;
        yield return root.Of("user")?.TextOf("team_id");
        yield return root.Of("view")?.TextOf("team_id");
        yield return root.Of("view")?.TextOf("app_installed_team_id");
    }

    private void Check(string?[] teams)
    {
        if (options.Value.TeamId is { Length: > 0 } team && !teams.Contains(team, StringComparer.Ordinal))
            throw new RefusedRequestException(401, "The request is for another workspace.");
    }
}
