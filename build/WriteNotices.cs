using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Writes THIRD-PARTY-NOTICES.txt and a CycloneDX 1.6 bill of materials for the files that are really shipped. MSBuild compiles it; it needs
/// no package and no network.
/// </summary>
public class WriteNotices : Task
{
    /// <summary>Shipped files; those with NuGetPackageId and NuGetPackageVersion come from a package.</summary>
    [Required]
    public ITaskItem[] Files { get; set; }

    /// <summary>Components from elsewhere: Version, Licence (SPDX), Copyright, Url, Purl, TextFile, Integrity (hexadecimal SHA-512, or empty).</summary>
    [Required]
    public ITaskItem[] Others { get; set; }

    /// <summary>Addresses that old packages name instead of a licence, with their Licence (SPDX).</summary>
    [Required]
    public ITaskItem[] Addresses { get; set; }

    /// <summary>Holds LICENCE.txt for every SPDX licence that packages name without its text.</summary>
    [Required]
    public string LicencesFolder { get; set; }

    [Required]
    public string ProgramVersion { get; set; }

    [Required]
    public string NoticesFile { get; set; }

    [Required]
    public string BomFile { get; set; }

    public override bool Execute()
    {
        var packages = Files.Where(file => file.GetMetadata("NuGetPackageId").Length > 0)
            .GroupBy(file => file.GetMetadata("NuGetPackageId"), StringComparer.OrdinalIgnoreCase)
            .Select(files => FromPackage(files.First()))
            .ToList();
        var components = packages.Concat(Others.Select(FromItem)).Where(component => component != null)
            .OrderBy(component => component.Name, StringComparer.OrdinalIgnoreCase).ToList();
        if (Log.HasLoggedErrors)
            return false;

        File.WriteAllText(NoticesFile, Notices(components));
        File.WriteAllText(BomFile, Bom(components));
        return !Log.HasLoggedErrors;
    }

    private Component FromPackage(ITaskItem file)
    {
        var (id, version) = (file.GetMetadata("NuGetPackageId"), file.GetMetadata("NuGetPackageVersion"));
        var path = file.GetMetadata("FullPath").Replace('\\', '/');
        var inside = $"/{id}/{version}/";
        var at = path.IndexOf(inside, StringComparison.OrdinalIgnoreCase);
        var nuspec = at < 0 ? null : Directory.EnumerateFiles(path.Substring(0, at + inside.Length), "*.nuspec").FirstOrDefault();
        if (nuspec == null)
        {
            Log.LogError($"The package of {path} was not found, so its licence is not known.");
            return null;
        }

        var folder = Path.GetDirectoryName(nuspec);
        var texts = Directory.EnumerateFiles(folder)
            .Where(text => IsNotice(Path.GetFileName(text))).OrderBy(text => text, StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        var metadata = XDocument.Load(nuspec).Root.Elements().First(element => element.Name.LocalName == "metadata").Elements().ToList();
        string Value(string name) => metadata.FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim() ?? "";
        var isExpression = metadata.Any(element => element.Name.LocalName == "license" && (string)element.Attribute("type") == "expression");
        var licence = isExpression ? Value("license") : texts.Select(NameOf).FirstOrDefault()
            ?? Addresses.FirstOrDefault(address => address.ItemSpec == Value("licenseUrl"))?.GetMetadata("Licence") ?? "";
        if (licence.Length == 0)
            Log.LogError($"{id} {version} names no licence that is known here: {nuspec}.");

        var hash = Directory.EnumerateFiles(folder, "*.nupkg.sha512").Select(File.ReadAllText).FirstOrDefault();
        return new Component
        {
            Name = Value("id"),
            Version = version,
            Licence = licence,
            Copyright = Value("copyright").Length > 0 ? Value("copyright") : Value("authors"),
            Url = Value("projectUrl"),
            Purl = $"pkg:nuget/{Value("id")}@{version}",
            Sha512 = hash == null ? "" : BitConverter.ToString(Convert.FromBase64String(hash.Trim())).Replace("-", "").ToLowerInvariant(),
            Texts = texts,
        };
    }

    private Component FromItem(ITaskItem item) => new Component
    {
        Name = item.ItemSpec,
        Version = item.GetMetadata("Version"),
        Licence = item.GetMetadata("Licence"),
        Copyright = item.GetMetadata("Copyright"),
        Url = item.GetMetadata("Url"),
        Purl = item.GetMetadata("Purl"),
        Sha512 = "",
        Texts = new List<string> { File.ReadAllText(item.GetMetadata("TextFile")) },
    };

    private string Notices(List<Component> components)
    {
        var text = new StringBuilder("THIRD-PARTY NOTICES\n\nAtmosphere is shipped with the software below, each under its own licence.\n")
            .Append("libvips is a separate shared library under the LGPL: you may replace it with a version of your own.\n\n");
        foreach (var component in components)
            text.Append($"{component.Name} {component.Version}\n  Licence: {component.Licence}\n  {component.Copyright}\n  {component.Url}\n\n");

        foreach (var component in components.Where(component => component.Texts.Count > 0))
        {
            foreach (var notice in component.Texts)
                text.Append(Heading($"{component.Name} {component.Version}")).Append(notice.Replace("\r", "").Trim()).Append("\n\n");
        }

        foreach (var licence in components.SelectMany(component => Parts(component.Licence)).Distinct().OrderBy(name => name, StringComparer.Ordinal))
        {
            var file = Path.Combine(LicencesFolder, licence + ".txt");
            if (File.Exists(file))
                text.Append(Heading(licence)).Append(File.ReadAllText(file).Trim()).Append("\n\n");
            else if (components.Any(component => component.Texts.Count == 0 && Parts(component.Licence).Contains(licence)))
                Log.LogError($"The text of the licence {licence} is missing: add {file}.");
        }

        return text.ToString();
    }

    private string Bom(List<Component> components) => $@"{{
  ""bomFormat"": ""CycloneDX"",
  ""specVersion"": ""1.6"",
  ""version"": 1,
  ""metadata"": {{ ""component"": {{ ""type"": ""application"", ""name"": ""Atmosphere"", ""version"": ""{ProgramVersion}"" }} }},
  ""components"": [
{string.Join(",\n", components.Select(Json))}
  ]
}}
";

    private static string Json(Component component)
    {
        var isSpdx = component.Licence.All(letter => char.IsLetterOrDigit(letter) || letter == '-' || letter == '.');
        var licence = isSpdx ? $@"{{ ""license"": {{ ""id"": {Quoted(component.Licence)} }} }}"
            : component.Licence.Contains(" AND ") || component.Licence.Contains(" OR ") ? $@"{{ ""expression"": {Quoted(component.Licence)} }}"
            : $@"{{ ""license"": {{ ""name"": {Quoted(component.Licence)} }} }}";
        var hashes = component.Sha512.Length == 0 ? ""
            : $@", ""hashes"": [{{ ""alg"": ""SHA-512"", ""content"": ""{component.Sha512}"" }}]";
        return $@"    {{ ""type"": ""library"", ""bom-ref"": {Quoted(component.Purl)}, ""name"": {Quoted(component.Name)}, "
            + $@"""version"": {Quoted(component.Version)}, ""copyright"": {Quoted(component.Copyright)}, ""purl"": {Quoted(component.Purl)}, "
            + $@"""licenses"": [{licence}]{hashes} }}";
    }

    private static string Quoted(string text) =>
        "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\r", "").Replace("\n", "\\n").Replace("\t", "\\t") + "\"";

    private static bool IsNotice(string file) =>
        file.StartsWith("licen", StringComparison.OrdinalIgnoreCase)
        || file.Replace("-", "").StartsWith("thirdpartynotices", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string text) => text.Contains("MIT License") ? "MIT"
        : text.Contains("Public Domain") ? "Public Domain"
        : text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";

    private static IEnumerable<string> Parts(string licence) =>
        licence.Split(new[] { " AND ", " OR ", "(", ")" }, StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim()).Where(part => part.Length > 0);

    private static string Heading(string name) => $"{new string('=', 80)}\n{name}\n{new string('=', 80)}\n\n";

    private sealed class Component
    {
        public string Name;
        public string Version;
        public string Licence;
        public string Copyright;
        public string Url;
        public string Purl;
        public string Sha512;
        public List<string> Texts;
    }
}
