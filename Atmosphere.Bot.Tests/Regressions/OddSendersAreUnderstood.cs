using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Fetching;
using Atmosphere.Bot.Tests.Channels.Slack;
using Atmosphere.Bot.Tests.Channels.Stations;
using Atmosphere.Bot.Tests.Flows;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>What standards allow and vendors send: organisations without a team, files without a name, data addresses in every alphabet.</summary>
public sealed class OddSendersAreUnderstood
{
    private const string Organisation = "E0000ORGA";

    [Theory]
    [InlineData(PlayedSlack.Team, true)]
    [InlineData(Organisation, true)]
    [InlineData("T0000OTHER", false)]
    public async Task A_click_from_an_app_that_a_whole_organisation_installed_names_no_team(string setting, bool accepted)
    {
        await using var slack = await PlayedSlack.StartAsync(null, ("Atmosphere:Channels:Slack:TeamId", setting));
        var click = slack.Click("tag.nobody", "q1");
        (click["team"], click["enterprise"], click["is_enterprise_install"]) = (null, new JsonObject { ["id"] = Organisation, ["name"] = "All schools" }, true);
        var (status, _) = await slack.PostAsync("/slack/interactivity", $"payload={Uri.EscapeDataString(click.ToJsonString())}");
        Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, status);

        var told = new JsonObject
        {
            ["type"] = "event_callback",
            ["team_id"] = null,
            ["enterprise_id"] = Organisation,
            ["event_id"] = "Ev-of-the-organisation",
            ["authorizations"] = new JsonArray(new JsonObject { ["enterprise_id"] = Organisation, ["team_id"] = PlayedSlack.Team, ["is_enterprise_install"] = true }),
            ["event"] = new JsonObject { ["type"] = "app_home_opened", ["user"] = "U0000DANA" },
        };
        (status, _) = await slack.PostAsync("/slack/events", told.ToJsonString(), "application/json");
        Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, status);
    }

    [Theory]
    [InlineData("image/jpeg", "image")]
    [InlineData("application/octet-stream", "photo")]
    [InlineData(null, "image")]
    public async Task A_stations_part_without_a_file_name_is_an_image(string? type, string field)
    {
        await using var station = await StationAtTheDoor.StartAsync();
        using var form = new MultipartFormDataContent();
        using var part = new ByteArrayContent(StationAtTheDoor.Picture());
        if (type is not null)
            part.Headers.ContentType = new MediaTypeHeaderValue(type);
        form.Add(part, field);
        form.Add(new StringContent("a note of the station"), "note");

        var answer = await station.PostAsync("nameless", form);
        Assert.Equal(202, answer.Status);
        Assert.Equal(1, await station.CountAsync("inbox"));
    }

    public static TheoryData<string> Addresses()
    {
        var bytes = RecognitionHost.Wall;
        var base64 = Convert.ToBase64String(bytes);
        return
        [
            $"data:image/jpeg;base64,{base64}",
            $"data:image/jpeg;base64,{base64.TrimEnd('=')}",
            $"data:image/jpeg;base64,{base64.Replace('+', '-').Replace('/', '_')}",
            $"data:image/jpeg;base64,{base64.Replace('+', '-').Replace('/', '_').TrimEnd('=')}",
            $"data:image/jpeg;base64,{Uri.EscapeDataString(base64)}",
            $"data:image/jpeg;name=a.jpg;base64,{base64}",
            $"data:image/jpeg%3Bbase64,{base64}",
            $"DATA:image/jpeg;BASE64,{string.Join("\r\n", base64.Chunk(76).Select(line => new string(line)))}",
            $"data:image/jpeg,{string.Concat(bytes.Select(value => $"%{value:X2}"))}",
        ];
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void A_data_address_is_read_in_each_of_its_spellings(string address) => Assert.Equal(RecognitionHost.Wall, DataUri.Read(address));

    [Theory]
    [InlineData("data:image/jpeg;base64")]
    [InlineData("data:image/jpeg;base64,@@@@")]
    [InlineData("data:image/jpeg;base64,A")]
    [InlineData("data:image/jpeg,%2")]
    [InlineData("data:image/jpeg,%ZZ")]
    [InlineData("data:image/jpeg,é")]
    public void What_is_no_data_address_is_no_file(string address) => Assert.Null(DataUri.Read(address));

    [Fact]
    public async Task A_photo_in_an_unpadded_address_arrives_by_Direct_Line()
    {
        await using var server = await Fixtures.BotServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var conversation = (await (await http.PostAsync("/v3/directline/conversations", null)).Content.ReadFromJsonAsync<JsonNode>())!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{conversation["token"]}");
        async Task SayAsync(string text, string? address = null)
        {
            var activity = new JsonObject { ["type"] = "message", ["from"] = new JsonObject { ["id"] = "user" }, ["text"] = text };
            if (address is not null)
                activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "image/jpeg", ["contentUrl"] = address, ["name"] = "a.jpg" });
            using var content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await http.PostAsync($"/v3/directline/conversations/{conversation["conversationId"]}/activities", content);
            Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        }

        await SayAsync("hello");
        await SayAsync("", $"data:image/jpeg;base64,{Convert.ToBase64String(RecognitionHost.Wall).Replace('+', '-').Replace('/', '_').TrimEnd('=')}");
        await Fixtures.Eventually.TrueAsync(async () => await server.QueryAsync<long>("SELECT COUNT(*) FROM uploads") + server.FilesIn("training").Length > 0, "the photo is stored");
    }
}
