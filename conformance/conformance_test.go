package conformance

import (
	"os"
	"sync"
	"testing"
)

var workDirectory string

func TestMain(m *testing.M) {
	work, err := os.MkdirTemp("", "conformance-")
	if err != nil {
		panic(err)
	}
	workDirectory = work
	code := m.Run()
	os.RemoveAll(work)
	os.Exit(code)
}

var loadOnce = sync.OnceValues(func() ([]*Example, error) {
	dir, err := input(reposVariable)
	if err != nil {
		return nil, err
	}
	return LoadExamples(dir, workDirectory)
})

var schemasOnce = sync.OnceValues(func() (*Schemas, error) { return LoadSchemas(schemasDirectory()) })

func eachExample(t *testing.T, check Check) {
	t.Helper()
	examples, err := loadOnce()
	if err != nil {
		t.Fatal(err)
	}
	for _, example := range examples {
		t.Run(example.Name, func(t *testing.T) { fail(t, check(example)) })
	}
}

func fail(t *testing.T, findings []error) {
	t.Helper()
	for _, finding := range findings {
		t.Error(finding)
	}
}

func objectsCheck(t *testing.T) Check {
	t.Helper()
	schemas, err := schemasOnce()
	if err != nil {
		t.Fatal(err)
	}
	return CheckObjects(schemas)
}

func TestEveryKustomizationBuildsAsFluxBuildsIt(t *testing.T) { eachExample(t, CheckBuilds) }

func TestEveryClusterIsLockedDown(t *testing.T) { eachExample(t, CheckLockdown) }

func TestEveryFluxObjectIsReconciledByOneController(t *testing.T) { eachExample(t, CheckShards) }

func TestNoObjectComesFromTwoKustomizationsOfACluster(t *testing.T) {
	eachExample(t, CheckDuplicates)
	examples, _ := loadOnce()
	for _, example := range examples {
		for _, cluster := range example.Clusters {
			t.Logf("%s/%s: %s", example.Name, cluster.Name, cluster.summary())
		}
	}
}

func TestEveryObjectIsAcceptedByTheApiServersValidation(t *testing.T) {
	eachExample(t, objectsCheck(t))
}

func TestEveryDocumentReadsTheSameInAllParsers(t *testing.T) { eachExample(t, CheckParsers) }

func TestEveryImagePolicyMarkerIsSeenByTheSetters(t *testing.T) { eachExample(t, CheckMarkers) }

func TestEveryStringKeepsItsValueInAllParsers(t *testing.T) {
	path, err := input(stringsVariable)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	count, findings := CheckStrings(file)
	fail(t, findings)
	if count == 0 {
		t.Error("there is no string to judge")
	}
	t.Logf("%d strings", count)
}
