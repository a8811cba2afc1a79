using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Atmosphere.Recognition;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Tests.Architecture;

/// <summary>docs/configuration.md lists every setting, from the options classes themselves. With ATMOSPHERE_ACCEPT=1 it is written again.</summary>
public sealed partial class ConfigurationPage
{
    private const string Start = "<!-- generated from the options classes -->\n";

    private static readonly string _page = Path.Combine(
        typeof(ConfigurationPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "SolutionRoot").Value!,
        "docs",
        "configuration.md");

    private static readonly Assembly[] _assemblies = [typeof(RecognitionModule).Assembly, typeof(Program).Assembly];

    [Fact]
    public void The_page_lists_every_setting_with_its_default()
    {
        var page = File.ReadAllText(_page);
        var end = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var written = page[..end] + Settings();
        if (Environment.GetEnvironmentVariable("ATMOSPHERE_ACCEPT") == "1")
            File.WriteAllText(_page, written);
        else
            Assert.Equal(written, page);
    }

    private static string Settings()
    {
        var text = new StringBuilder();
        var sections = from known in KnownSettings.Sections(_assemblies)
                       where known.Section != KnownSettings.Root
                       group known.Options by known.Section[(KnownSettings.Root.Length + 1)..] into types
                       orderby types.Key
                       select types;
        foreach (var section in sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {section.Key}\n\n| setting | default | what may be written | what it is |\n|---|---|---|---|\n");
            foreach (var type in section.OrderBy(type => type.Name, StringComparer.Ordinal))
            {
                var defaults = Activator.CreateInstance(type)!;
                foreach (var setting in SettingRules.Of(type))
                    text.Append(CultureInfo.InvariantCulture, $"| `{setting.Name}` | {Default(setting.GetValue(defaults))} | {Allowed(setting)} | {Summary(setting)} |\n");
            }
        }

        return text.ToString();
    }

    private static string Default(object? value) => value switch
    {
        null or "" => "none",
        string text => $"`{text}`",
        bool yes => yes ? "true" : "false",
        IDictionary or IEnumerable<object> when !((IEnumerable)value).Cast<object>().Any() => "none",
        { } nested when nested.GetType().Namespace!.StartsWith("Atmosphere.", StringComparison.Ordinal) => "none",
        IEnumerable many => string.Join(", ", many.Cast<object>().Select(one => $"`{one}`")),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    /// <summary>In the words of the message that refuses anything else.</summary>
    private static string Allowed(PropertyInfo setting) => $"{SettingRules.Allowed(setting)} {SettingRules.Unit(setting)}".Trim();

    private static string Summary(PropertyInfo setting)
    {
        var type = setting.DeclaringType!;
        var file = Path.ChangeExtension(type.Assembly.Location, ".xml");
        Assert.True(File.Exists(file), $"{file} is missing: build with GenerateDocumentationFile.");
        var member = XDocument.Load(file).Descendants("member")
            .Single(member => member.Attribute("name")!.Value == $"P:{type.FullName}.{setting.Name}");
        foreach (var reference in member.Descendants().Where(element => element.Attribute("cref") is not null).ToList())
            reference.ReplaceWith($"`{reference.Attribute("cref")!.Value.Split('.')[^1]}`");
        return Space().Replace(member.Element("summary")!.Value.Trim(), " ").Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
