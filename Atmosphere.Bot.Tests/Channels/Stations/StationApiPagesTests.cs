using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Atmosphere.Bot.Tests.Fixtures;
using Json.Schema;

namespace Atmosphere.Bot.Tests.Channels.Stations;

/// <summary>What /openapi/v1.json says is what the server does.</summary>
public sealed class StationApiPagesTests : IAsyncLifetime
{
    private BotServer _server = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BotServer.StartAsync();
        _http = new HttpClient { BaseAddress = _server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_document_holds_the_stations_routes_alone_with_bodies_errors_and_the_token()
    {
        var document = await _http.GetFromJsonAsync<JsonElement>("openapi/v1.json");

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var paths = document.GetProperty("paths");
        Assert.Equal(["/api/faces", "/api/photos/{id}"], paths.EnumerateObject().Select(path => path.Name));
        var upload = paths.GetProperty("/api/faces").GetProperty("post");
        Assert.Equal("Idempotency-Key", Assert.Single(upload.GetProperty("parameters").EnumerateArray()).GetProperty("name").GetString());
        Assert.True(upload.GetProperty("requestBody").GetProperty("content").TryGetProperty("multipart/form-data", out _));
        Assert.Equal(
            ["202", "400", "401", "403", "408", "413", "415", "422", "503", "507"],
            upload.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order(StringComparer.Ordinal));
        var scheme = Assert.Single(document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject());
        Assert.Equal("bearer", scheme.Value.GetProperty("scheme").GetString());
        Assert.Equal(scheme.Name, Assert.Single(document.GetProperty("security")[0].EnumerateObject()).Name);
    }

    [Fact]
    public async Task Answers_of_the_server_are_as_the_document_says()
    {
        var document = await _http.GetFromJsonAsync<JsonElement>("openapi/v1.json");
        using var nobody = await _http.GetAsync("api/photos/none");
        using var form = new MultipartFormDataContent { { new ByteArrayContent("Dear parents"u8.ToArray()), "photo", "letter.jpg" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/faces") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "nobody's");
        using var refused = await _http.SendAsync(request);

        foreach (var (answer, path) in new[] { (nobody, "/api/photos/{id}"), (refused, "/api/faces") })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            var operation = document.GetProperty("paths").GetProperty(path).EnumerateObject().Single().Value;
            var schema = operation.GetProperty("responses").GetProperty("401").GetProperty("content").GetProperty("application/problem+json").GetProperty("schema");
            var name = schema.GetProperty("$ref").GetString()!.Split('/')[^1];
            var shape = JsonSchema.FromText(document.GetProperty("components").GetProperty("schemas").GetProperty(name).GetRawText());
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.True(shape.Evaluate(body).IsValid, body.GetRawText());
            Assert.False(shape.Evaluate(JsonElement.Parse("""{"status":"401"}""")).IsValid);
        }
    }

    [Theory]
    [InlineData("openapi/v1.json")]
    [InlineData("scalar/")]
    [InlineData("scalar/scalar.js")]
    public async Task Pages_answer_this_machine_alone(string path)
    {
        using var here = await _http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, here.StatusCode);

        using var forwarded = new HttpRequestMessage(HttpMethod.Get, path);
        forwarded.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var elsewhere = await _http.SendAsync(forwarded);
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
    }
}
